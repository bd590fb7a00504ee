namespace Orkestron.Web.Features.OpenApi.Texts;

internal static partial class OperationTexts
{
    private static Dictionary<string, OperationText> Providers => new()
    {
        ["POST /providers/{provider}/endpoints"] = new("registerEndpoint",
            "Registers an origin (scheme, host and port) for HTTP agents. Serve the challenge in the response at that origin, then call "
            + "`verify`. The signing secret is returned once, in this response."),
        ["GET /providers/{provider}/endpoints"] = new("listEndpoints", "The origins of one of your provider names, and their state."),
        ["POST /providers/{provider}/endpoints/{id}/verify"] = new("verifyEndpoint", "Checks the challenge of the origin now, and records whether the origin is yours."),
        ["POST /providers/{provider}/endpoints/{id}/rotate-secret"] = new("rotateEndpointSecret", "Makes a new signing secret, returned once. Requests are signed with both secrets for a day."),
        ["DELETE /providers/{provider}/endpoints/{id}"] = new("removeEndpoint", "Removes an origin. Its agents are no longer called."),
        ["POST /callbacks/{token}"] = new("tellStep",
            "For endpoints that answered 202: reports the progress and the end of the step. The token, which came with the step, is the authorization."),
        ["GET /callbacks/{token}/artifacts/{id}"] = new("readStepFile", "A file that the step may read."),
        ["POST /callbacks/{token}/artifacts"] = new("makeStepFile", "Uploads a file for the step; refer to it in the output."),
        ["POST /callbacks/{token}/messages"] = new("sendStepMessage", "Sends a message to another step of the task. The same key again means the same message."),
        ["POST /callbacks/{token}/messages/take"] = new("takeStepMessage", "Receives the next message for the step. Waits some seconds for one, then answers without."),
        ["GET /steps/artifacts/{token}"] = new("readProcessFile", "A file of a step that a connected process runs, at the address that the hub returned."),
        ["POST /steps/artifacts/{token}"] = new("makeProcessFile", "Uploads a file for a step that a connected process runs, at the address that the hub returned."),
    };
}
