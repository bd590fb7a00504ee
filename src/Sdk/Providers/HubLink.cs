using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Orkestron.Contracts.Providers;
using Orkestron.Sdk.Common;

namespace Orkestron.Sdk.Providers;

/// <summary>The connection as the steps use it: it may be another one for each message, or none for a while.</summary>
internal sealed class HubLink(TimeProvider clock)
{
    /// <summary>The code of what failed because the platform met a fault each time.</summary>
    public const string PlatformFault = "platform_fault";

    private const string TooMany = "too_many";
    private const string Fault = "fault";
    private const int MaxFaults = 6;
    // What a step has come to is kept until the platform has it.
    private static readonly string[] SentForEver = [ProviderHubNames.Answer, ProviderHubNames.HandBack, ProviderHubNames.Announce];
    private static readonly string[] Final = ["invalid", "forbidden", "not_found"];
    // Room comes with the next thing that ends, not with a server that comes back.
    private static readonly TimeSpan MostWhenFull = TimeSpan.FromSeconds(4);

    private readonly Lock _lock = new();
    private TaskCompletionSource<HubConnection> _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the connection that stands, or the next one that will, is lost.</summary>
    public Task Lost
    {
        get
        {
            lock (_lock)
            {
                return _lost.Task;
            }
        }
    }

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
        TaskCompletionSource lost;
        lock (_lock)
        {
            if (!_up.Task.IsCompleted)
            {
                return;
            }

            lost = _lost;
            (_up, _lost) = (
                new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        lost.TrySetResult();
    }

    /// <summary>Sends until the platform has taken it: again after a break, and when it is full, after a pause.</summary>
    /// <exception cref="OrkestronException">The platform will never take it, or met the same fault each time.</exception>
    public async Task<T> InvokeAsync<T>(string method, Func<object?[]> arguments, CancellationToken stop)
    {
        var wait = new Backoff(clock);
        var full = new Backoff(clock, MostWhenFull);
        var faults = 0;
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
            catch (EarlierPlatformException)
            {
                throw;
            }
            catch (HubException refused) when (Refusal(refused) is { } refusal)
            {
                throw refusal;
            }
            catch (HubException refused) when (Code(refused).Code == TooMany)
            {
                await full.PauseAsync(null, stop).ConfigureAwait(false);
            }
            catch (HubException fault) when (
                Code(fault) is (Fault, var text) && !SentForEver.Contains(method) && ++faults >= MaxFaults)
            {
                throw new OrkestronException(text, fault) { Code = PlatformFault };
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
        var (code, text) = Code(fault);
        return Final.Contains(code) ? new OrkestronException(text) { Code = code } : null;
    }

    private static (string Code, string Text) Code(HubException fault)
    {
        const string Mark = "HubException: ";
        var at = fault.Message.IndexOf(Mark, StringComparison.Ordinal);
        var text = at < 0 ? fault.Message : fault.Message[(at + Mark.Length)..];
        return (text.Split(':', 2)[0], text);
    }
}
