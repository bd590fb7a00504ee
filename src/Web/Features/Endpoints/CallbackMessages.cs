using Orkestron.Contracts.Endpoints;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Endpoints;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Silo.Messages;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Endpoints;

/// <summary>Messages of a step, authorized by its callback token while the attempt runs.</summary>
internal static class CallbackMessages
{
    private const int MaxKey = 100;
    private const int MaxAddress = 120;
    private const int MaxType = 60;

    public static void MapCallbackMessages(this IEndpointRouteBuilder callback)
    {
        callback.MapPost("/messages", SendAsync)
            .WithSummary("Send a message to another step of the task, once for each key")
            .Produces<EndpointMessageSent>().ProducesProblems(400, 404, 409, 410, 413, 415, 429);
        callback.MapPost("/messages/take", TakeAsync)
            .WithSummary("Receive the next message for the step, once for each key; answers when there is one, or after some seconds")
            .Produces<EndpointMessageTaken>().ProducesProblems(400, 404, 409, 410, 413, 415, 429);
    }

    private static async Task<IResult> SendAsync(string token, SendEndpointMessage body, IGrainFactory grains)
    {
        var wrong = Keyed(body.Key)
            .Text("#/to", body.To, MaxAddress)
            .Text("#/type", body.Type, MaxType)
            .That("#/content", body.Content is not null, "This is required.")
            .Problem();
        if (wrong is not null)
        {
            return wrong;
        }

        var opened = await grains.GetGrain<ICallbackGrain>(0).OpenAsync(token);
        if (opened.Value is not { Step: var step })
        {
            return ProblemResult.Of(opened.Refusal!);
        }

        var sent = await grains.Get<ITaskStepsGrain>(step.TaskId).SendAsync(
            new SendMessage(step.StepId, body.Key!, body.To!, body.Type!, body.Content!.Value.ToPayload()) { Attempt = step.Attempt });
        return sent.Failure is { } failure
            ? CallbackProblems.Of(failure)
            : Results.Ok(new EndpointMessageSent(sent.MessageId!, sent.At));
    }

    private static async Task<IResult> TakeAsync(string token, TakeEndpointMessage body, IGrainFactory grains)
    {
        var wrong = Keyed(body.Key)
            .That("#/type", body.Type is null or { Length: > 0 and <= MaxType }, $"A type has at most {MaxType} characters.")
            .Problem();
        if (wrong is not null)
        {
            return wrong;
        }

        var opened = await grains.GetGrain<ICallbackGrain>(0).OpenAsync(token);
        if (opened.Value is not { Step: var step })
        {
            return ProblemResult.Of(opened.Refusal!);
        }

        var taken = await grains.Get<ITaskStepsGrain>(step.TaskId).ReceiveAsync(
            new ReceiveMessage(step.StepId, body.Key!, body.Type, Waits: true) { Attempt = step.Attempt });
        return taken.Failure is { } failure
            ? CallbackProblems.Of(failure)
            : Results.Ok(new EndpointMessageTaken(taken.Message?.ToAgentMessage()));
    }

    // Digits and dots only: keys with letters are reserved for the platform.
    private static FieldChecks Keyed(string? key) => new FieldChecks().That(
        "#/key",
        key is { Length: > 0 and <= MaxKey } && key.All(static each => char.IsAsciiDigit(each) || each == '.'),
        $"A key has 1 to {MaxKey} digits and dots, for instance 0. The same key again means the same message.");
}
