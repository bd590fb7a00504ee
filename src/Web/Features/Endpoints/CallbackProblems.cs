using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Endpoints;

/// <summary>Maps failures of a task's files and messages to problems.</summary>
internal static class CallbackProblems
{
    public static IResult Of(StepFailure failure) => ProblemResult.Of(Refuse.With(
        failure.Code switch
        {
            "task_canceled" or "call_withdrawn" => RefusalCode.CallbackOver,
            TaskArtifactCodes.NotFound or "recipient_not_found" => RefusalCode.NotFound,
            TaskArtifactCodes.TooMany or "too_many_messages" => RefusalCode.TooMany,
            "message_too_large" => RefusalCode.TooLarge,
            "nondeterministic" or "recipient_ended" => RefusalCode.Conflict,
            _ => RefusalCode.Invalid,
        },
        failure.Message));
}
