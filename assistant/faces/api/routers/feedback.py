"""What people think of answers."""

from fastapi import APIRouter, status

from assistant.faces.api.deps import ServicesDep, SharedDep
from assistant.faces.api.models import FeedbackIn
from assistant.faces.api.problems import problem_responses
from assistant.running.storage import Feedback

router = APIRouter(
    prefix="/api/feedback",
    tags=["Opiniones"],
    responses=problem_responses(400, 401, 413, 422, 429, 503),
)


@router.post("", status_code=status.HTTP_204_NO_CONTENT, summary="Opina sobre una respuesta")
async def give_feedback(body: FeedbackIn, services: ServicesDep, shared: SharedDep) -> None:
    """Guarda si la respuesta sirvió, y un comentario si se quiere; la última opinión vale.

    Los datos personales del comentario se ocultan antes de guardarlo.
    """
    feedback = Feedback(body.answer_id, body.thumbs, body.comment)
    await shared.threads.run(lambda: services.feedback.record(feedback))
    shared.metrics.count_feedback(body.thumbs.value)
