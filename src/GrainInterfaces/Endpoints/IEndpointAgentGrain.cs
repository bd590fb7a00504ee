using Orkestron.Domain;
using Orkestron.Domain.Endpoints;
using Orkestron.Domain.Providers;
using Orleans.Concurrency;

namespace Orkestron.GrainInterfaces.Endpoints;

/// <summary>One agent, as what its HTTP endpoint tells reaches it. Key: provider and name.</summary>
/// <remarks>Every call may arrive twice or late.</remarks>
[GrainInterfaceType("endpoint-agent"), Alias("orkestron.endpoint-agent")]
public interface IEndpointAgentGrain : IGrainWithStringKey
{
    /// <summary>The endpoint works on a step and will tell by callback how it ended.</summary>
    [Alias("accepted"), AlwaysInterleave, OneWay]
    Task AcceptedAsync(StepKey step);

    /// <summary>Hands in how a step ended, once that is durable.</summary>
    /// <returns>
    /// <see cref="RefusalCode.NotFound"/> for a step that is unknown, <see cref="RefusalCode.CallbackOver"/> when it ended
    /// otherwise, <see cref="RefusalCode.OutputInvalid"/> when the answer broke the agent's schema: then it is recorded as a
    /// failure.
    /// </returns>
    [Alias("end"), AlwaysInterleave]
    Task<Outcome<CallbackTaken>> EndAsync(StepRunResult answer);

    /// <summary>Tells how far a step is. Transient: may be lost.</summary>
    [Alias("report"), AlwaysInterleave, OneWay]
    Task ReportAsync(StepReported report);
}

/// <summary>Takes what endpoints tell by callback. Any activation may; key: 0.</summary>
[GrainInterfaceType("callback"), Alias("orkestron.callback")]
public interface ICallbackGrain : IGrainWithIntegerKey
{
    /// <summary>Takes one event.</summary>
    /// <param name="token">The capability: which attempt, until when.</param>
    /// <param name="body">The event, <c>{type, ...}</c>; hostile.</param>
    /// <returns>
    /// <see cref="RefusalCode.NotFound"/> for a token that is not the platform's, <see cref="RefusalCode.CallbackOver"/> past
    /// its deadline, <see cref="RefusalCode.Invalid"/> for an event that is none; else as
    /// <see cref="IEndpointAgentGrain.EndAsync"/>.
    /// </returns>
    [Alias("take")]
    Task<Outcome<CallbackTaken>> TakeAsync(string token, Payload body);

    /// <summary>Which attempt a token stands for. Whether that still runs, its task says.</summary>
    /// <returns>
    /// <see cref="RefusalCode.NotFound"/> for a token that is not the platform's, <see cref="RefusalCode.CallbackOver"/> past
    /// its deadline.
    /// </returns>
    [Alias("open")]
    Task<Outcome<CallbackStep>> OpenAsync(string token);
}
