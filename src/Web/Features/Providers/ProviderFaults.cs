using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Orkestron.Silo.Faults;

namespace Orkestron.Web.Features.Providers;

/// <summary>
/// Answers faults of the platform with a code that says whether to send the message again: <c>unavailable</c> for as long as it
/// takes, <c>fault</c> a limited number of times. It also logs them; SignalR would answer a generic error and log nothing.
/// </summary>
internal sealed partial class ProviderFaults(
    TimeProvider clock, IOptions<GrainRetryOptions> options, ILogger<ProviderFaults> logger) : IHubFilter
{
    private readonly LogRate _passing = new(clock, options.Value.LogPeriod);
    private readonly LogRate _lasting = new(clock, options.Value.LogPeriod);

    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (Exception fault) when (
            fault is not HubException && invocationContext is not { Context.ConnectionAborted.IsCancellationRequested: true })
        {
            throw new HubException(Describe(fault));
        }
    }

    private string Describe(Exception fault)
    {
        if (GrainFaults.MayPass(fault))
        {
            if (_passing.Take(out var skipped))
            {
                LogUnavailable(logger, skipped, fault);
            }

            return "unavailable: The platform cannot do this now. Send it again in a moment.";
        }

        if (_lasting.Take(out var more))
        {
            LogFault(logger, more, fault);
        }

        return $"fault: The platform met a fault ({fault.GetType().Name}). If it does so each time, tell its operator.";
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request of a provider's process cannot be carried out now; the process sends it again ({Skipped} more since the last line).")]
    private static partial void LogUnavailable(ILogger logger, int skipped, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "A request of a provider's process met a fault ({Skipped} more since the last line).")]
    private static partial void LogFault(ILogger logger, int skipped, Exception fault);
}
