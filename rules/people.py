"""Who takes part in a study day: languages and roles (process description, "Atbildīgais")."""

from enum import StrEnum


class Language(StrEnum):
    """The language a person reads; Latvian unless the semester's data says otherwise."""

    LATVIAN = "lv"
    ENGLISH = "en"


class Role(StrEnum):
    """Roles of the office's staff, as the semester's sheet `staff` names them."""

    HEAD_OF_SAC = "head_of_sac"
    COORDINATOR = "coordinator"
    E_STUDY_COORDINATOR = "e_study_coordinator"
    STUDY_DEPARTMENT = "study_department"
    ACCOUNTING = "accounting"

    @property
    def latvian(self) -> str:
        return _ROLE_NAMES[self]


_ROLE_NAMES = {
    Role.HEAD_OF_SAC: "SAC vadītājs",
    Role.COORDINATOR: "SAC koordinators",
    Role.E_STUDY_COORDINATOR: "E-studiju vides koordinators",
    Role.STUDY_DEPARTMENT: "Studiju daļa",
    Role.ACCOUNTING: "Grāmatvedība",
}
