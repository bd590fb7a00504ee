using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Orkestron.Sdk.Common;

namespace Orkestron.Sdk.Providers;

/// <summary>The connection as the steps use it: it may be another one for each message, or none for a while.</summary>
internal sealed class HubLink(TimeProvider clock)
{
    private static readonly string[] Final = ["invalid", "forbidden", "not_found"];

    private readonly Lock _lock = new();
    private TaskCompletionSource<HubConnection> _up = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A connection stands and the platform knows the process.</summary>
    public void Up(HubConnection hub)
    {
        lock (_lock)
        {
            _up.TrySetResult(hub);
        }
    }

    public void Down()
    {
        lock (_lock)
        {
            if (_up.Task.IsCompleted)
            {
                _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    /// <summary>Sends until the platform has answered.</summary>
    /// <exception cref="OrkestronException">The platform will never take it.</exception>
    public async Task<T> InvokeAsync<T>(string method, Func<object?[]> arguments, CancellationToken stop)
    {
        var wait = new Backoff(clock);
        while (true)
        {
            Task<HubConnection> up;
            lock (_lock)
            {
                up = _up.Task;
            }

            var hub = await up.WaitAsync(stop).ConfigureAwait(false);
            try
            {
                return await hub.InvokeCoreAsync<T>(method, arguments(), stop).ConfigureAwait(false);
            }
            catch (HubException refused) when (Refusal(refused) is { } refusal)
            {
                throw refusal;
            }
            catch (Exception) when (!stop.IsCancellationRequested)
            {
                await wait.PauseAsync(null, stop).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Sends if there is a connection, once.</summary>
    public async Task<bool> TrySendAsync(string method, params object?[] arguments)
    {
        Task<HubConnection> up;
        lock (_lock)
        {
            up = _up.Task;
        }

        if (!up.IsCompletedSuccessfully)
        {
            return false;
        }

        try
        {
            var hub = await up.ConfigureAwait(false);
            await hub.SendCoreAsync(method, arguments).ConfigureAwait(false);
            return true;
        }
        catch (Exception)
        {
            // The connection broke: what matters is sent again on the next one.
            return false;
        }
    }

    /// <summary>What the platform said, when it says it for good.</summary>
    public static OrkestronException? Refusal(HubException fault)
    {
        const string Mark = "HubException: ";
        var at = fault.Message.IndexOf(Mark, StringComparison.Ordinal);
        var text = at < 0 ? fault.Message : fault.Message[(at + Mark.Length)..];
        var code = text.Split(':', 2)[0];
        return Final.Contains(code) ? new OrkestronException(text) { Code = code } : null;
    }
}
