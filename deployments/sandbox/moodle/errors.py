"""Moodle's error bodies, word for word. A function error comes with HTTP status 200."""

from typing import Any


class MoodleError(Exception):
    """A web service exception; `errorcode` may be absent, as it is after a PHP error."""

    def __init__(self, exception: str, errorcode: str | None, message: str) -> None:
        super().__init__(message)
        self.exception = exception
        self.errorcode = errorcode
        self.message = message

    def as_json(self) -> dict[str, Any]:
        code = {} if self.errorcode is None else {"errorcode": self.errorcode}
        return {"exception": self.exception, **code, "message": self.message}

    def as_upload_json(self) -> dict[str, Any]:
        """The other shape, of upload.php."""
        return {
            "error": self.message,
            "errorcode": self.errorcode,
            "stacktrace": None,
            "debuginfo": None,
            "reproductionlink": None,
        }


def moodle_exception(errorcode: str, message: str) -> MoodleError:
    return MoodleError("core\\exception\\moodle_exception", errorcode, message)


def invalid_token() -> MoodleError:
    return moodle_exception("invalidtoken", "Invalid token - token not found")


def access_exception() -> MoodleError:
    return MoodleError("webservice_access_exception", "accessexception", "Access control exception")


def invalid_parameter() -> MoodleError:
    return MoodleError(
        "core\\exception\\invalid_parameter_exception",
        "invalidparameter",
        "Invalid parameter value detected",
    )


def invalid_record(table: str) -> MoodleError:
    return MoodleError(
        "dml_missing_record_exception",
        "invalidrecord",
        f"Can't find data record in database table {table}.",
    )


def no_permissions(title: str) -> MoodleError:
    return MoodleError(
        "core\\exception\\required_capability_exception",
        "nopermissions",
        f"Sorry, but you do not currently have permissions to do that ({title}).",
    )


def write_failed() -> MoodleError:
    return MoodleError("dml_write_exception", "dmlwriteexception", "Error writing to database")


def php_error(method: str) -> MoodleError:
    """A bug of Moodle's own: no errorcode."""
    return MoodleError("Error", None, f"Call to a member function {method}() on null")
