namespace Orkestron.Web.Features.OpenApi.Texts;

internal static partial class OperationTexts
{
    private static Dictionary<string, OperationText> Providers => new()
    {
        ["POST /providers/{provider}/endpoints"] = new("registerEndpoint",
            "Registers an origin (scheme, host and port) for agents that are called by HTTP. Serve the challenge of the answer at that origin, "
            + "then ask for it with `verify`. The signing secret is shown in this answer and never again."),
        ["GET /providers/{provider}/endpoints"] = new("listEndpoints", "The origins of a provider name of yours, and how they do."),
        ["POST /providers/{provider}/endpoints/{id}/verify"] = new("verifyEndpoint", "Asks the origin for its challenge now, and records whether it is yours."),
        ["POST /providers/{provider}/endpoints/{id}/rotate-secret"] = new("rotateEndpointSecret", "Makes a new signing secret, shown once. Requests carry signatures of both for a day."),
        ["DELETE /providers/{provider}/endpoints/{id}"] = new("removeEndpoint", "Forgets an origin. Agents at it are called no more."),
        ["POST /callbacks/{token}"] = new("tellStep",
            "For endpoints that answered 202: tells how the step goes and how it ended. The token is the right to; it came with the step."),
        ["GET /callbacks/{token}/artifacts/{id}"] = new("readStepFile", "A file that the step may use."),
        ["POST /callbacks/{token}/artifacts"] = new("makeStepFile", "Makes a file for the step: name it in the answer."),
        ["POST /callbacks/{token}/messages"] = new("sendStepMessage", "Sends a message to another step of the task. The same key again is the same message."),
        ["POST /callbacks/{token}/messages/take"] = new("takeStepMessage", "Takes the next message for the step: waits some seconds for one, then answers without."),
        ["GET /steps/artifacts/{token}"] = new("readProcessFile", "A file of a step that a connected process runs, at the address that the hub gave."),
        ["POST /steps/artifacts/{token}"] = new("makeProcessFile", "Makes a file for a step that a connected process runs, at the address that the hub gave."),
    };
}
