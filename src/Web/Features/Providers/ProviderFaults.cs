using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Orkestron.Silo.Faults;

namespace Orkestron.Web.Features.Providers;

/// <summary>
/// Tells processes of a fault of the platform whether it may pass: <c>unavailable</c> is sent again however long it takes,
/// <c>fault</c> some times only. Without it they are told that an error occurred, and nobody else hears of it.
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
            throw new HubException(Told(fault));
        }
    }

    private string Told(Exception fault)
    {
        if (GrainFaults.MayPass(fault))
        {
            if (_passing.Take(out var kept))
            {
                LogUnavailable(logger, kept, fault);
            }

            return "unavailable: The platform cannot do this now. Send it again in a moment.";
        }

        if (_lasting.Take(out var more))
        {
            LogFault(logger, more, fault);
        }

        return $"fault: The platform met a fault ({fault.GetType().Name}). If it does so each time, tell its operator.";
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What a provider's process asks for cannot be done now; it sends it again ({Kept} more since the last line).")]
    private static partial void LogUnavailable(ILogger logger, int kept, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "What a provider's process asks for met a fault ({Kept} more since the last line).")]
    private static partial void LogFault(ILogger logger, int kept, Exception fault);
}
