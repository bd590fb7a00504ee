using Microsoft.AspNetCore.SignalR;

namespace Orkestron.Web.Shared.Hubs;

/// <summary>
/// Logs faults in hub methods, but not refusals: the sender receives those, and hostile messages must not fill the log. The
/// framework's loggers, which log both, are disabled.
/// </summary>
internal sealed partial class HubFaults(ILogger<HubFaults> logger) : IHubFilter
{
    /// <summary>The categories that log every exception of a hub method and every malformed message as an error.</summary>
    public static readonly string[] Silenced =
        ["Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", "Microsoft.AspNetCore.SignalR.HubConnectionHandler"];

    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (HubException refused)
        {
            LogRefused(logger, invocationContext.HubMethodName, refused.Message);
            throw;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogFailed(logger, invocationContext.HubMethodName, fault);
            throw;
        }
    }

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        try
        {
            await next(context);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogFailed(logger, nameof(OnConnectedAsync), fault);
            throw;
        }
    }

    public async Task OnDisconnectedAsync(
        HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        try
        {
            await next(context, exception);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogFailed(logger, nameof(OnDisconnectedAsync), fault);
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Method} was refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, string method, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} failed.")]
    private static partial void LogFailed(ILogger logger, string method, Exception fault);
}
