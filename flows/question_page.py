"""The page of open questions in the Prefect UI, each question linked to its run form."""

from prefect.artifacts import create_markdown_artifact
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactCollectionFilter, ArtifactCollectionFilterKey

from flows.form_links import ANSWER, find_form, form_link
from integrations.services import Services
from models.database import reading
from models.people import staff
from models.question import Question, open_questions
from rules.people import Role
from tasks.question_page import LinkTo, no_form, question_page

_KEY = "questions"


def show_questions(services: Services) -> None:
    """Makes the page anew under its one key, when it says something new."""
    with reading(services.engine) as session:
        owners: dict[Role, str] = {}
        for member in reversed(staff(session)):
            owners[member.role] = member.name
        questions = open_questions(session)
        words = question_page(questions, owners, services.settings.zone, form_links())
    if _shown() != words:
        create_markdown_artifact(key=_KEY, markdown=words, description="Jautājumi, kas gaida")


def _shown() -> object:
    """What the page says now."""
    wanted = ArtifactCollectionFilter(key=ArtifactCollectionFilterKey(any_=[_KEY]))
    with get_client(sync_client=True) as client:
        found = client.read_latest_artifacts(artifact_filter=wanted)
    return found[0].data if found else None


def form_links() -> LinkTo:
    """How to link a question: to its run form, filled in; to nothing where no form is deployed."""
    with get_client(sync_client=True) as client:
        form = find_form(client, ANSWER)
    return (lambda question: form_link(form, _known(question))) if form else no_form


def _known(question: Question) -> dict[str, object]:
    guess = {"answer": question.guess} if question.guess else {}
    return {"question": question.id, **guess}
