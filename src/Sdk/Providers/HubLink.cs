using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Orkestron.Contracts.Providers;
using Orkestron.Sdk.Common;
using Polly;

namespace Orkestron.Sdk.Providers;

/// <summary>Sends messages over the current connection, and waits for the next one after a break.</summary>
internal sealed class HubLink
{
    /// <summary>Code of a request that failed because of a persistent fault of the platform.</summary>
    public const string PlatformFault = "platform_fault";

    private const string TooMany = "too_many";
    private const string Fault = "fault";
    private const int MaxFaults = 6;
    // Results are retried until they are acknowledged.
    private static readonly string[] SentForEver = [ProviderHubNames.Answer, ProviderHubNames.HandBack, ProviderHubNames.Announce];
    private static readonly string[] Final = ["invalid", "forbidden", "not_found"];
    // A slot becomes free whenever a call ends, so long delays would waste time.
    private static readonly TimeSpan LongestWaitWhenFull = TimeSpan.FromSeconds(4);

    private readonly Lock _lock = new();
    private readonly ResiliencePipeline _forEver;
    private readonly ResiliencePipeline _untilGivenUp;
    private TaskCompletionSource<HubConnection> _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HubLink(TimeProvider clock)
    {
        _forEver = Retries(clock, MayPass).Build();
        _untilGivenUp = Retries(clock, static fault => MayPass(fault) && !IsFault(fault))
            .AddTries(IsFault, MaxFaults, Common.Retries.LongestWait).Build();
    }

    /// <summary>Completes when the current connection, or the next one, is lost.</summary>
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

    private Task<HubConnection> Connected
    {
        get
        {
            lock (_lock)
            {
                return _up.Task;
            }
        }
    }

    /// <summary>Sets the current connection, once the process is registered.</summary>
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

    /// <summary>Sends a message with retries: after a lost connection, and after a delay when the platform has no capacity.</summary>
    /// <exception cref="OrkestronException">The platform refused the message, or its fault persists.</exception>
    public async Task<T> InvokeAsync<T>(string method, Func<object?[]> arguments, CancellationToken stop)
    {
        var first = TryInvokeAsync<T>(method, arguments, stop);
        // Most messages arrive: the pipeline, which costs 3 KiB of allocations, is for the others.
        await ((Task)first).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return first.IsCompletedSuccessfully
            ? await first.ConfigureAwait(false)
            : await InvokeAgainAsync(first, method, arguments, stop).ConfigureAwait(false);
    }

    private async Task<T> InvokeAgainAsync<T>(Task<T> first, string method, Func<object?[]> arguments, CancellationToken stop)
    {
        var attempt = first;
        try
        {
            return await (SentForEver.Contains(method) ? _forEver : _untilGivenUp).ExecuteAsync(
                async stop =>
                {
                    var current = attempt ?? TryInvokeAsync<T>(method, arguments, stop);
                    attempt = null;
                    return await current.ConfigureAwait(false);
                },
                stop).ConfigureAwait(false);
        }
        catch (HubException refused) when (Refusal(refused) is { } refusal)
        {
            throw refusal;
        }
        catch (HubException fault) when (IsFault(fault))
        {
            throw new OrkestronException(Code(fault).Text, fault) { Code = PlatformFault };
        }
    }

    private async Task<T> TryInvokeAsync<T>(string method, Func<object?[]> arguments, CancellationToken stop)
    {
        var hub = await Connected.WaitAsync(stop).ConfigureAwait(false);
        return await hub.InvokeCoreAsync<T>(method, arguments(), stop).ConfigureAwait(false);
    }

    /// <summary>Sends once, if there is a connection.</summary>
    public async Task<bool> TrySendAsync(string method, params object?[] arguments)
    {
        var up = Connected;
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
            // The connection broke. Messages that matter are retried.
            return false;
        }
    }

    /// <summary>The refusal, when a retry cannot succeed; otherwise null.</summary>
    public static OrkestronException? Refusal(HubException fault)
    {
        var (code, text) = Code(fault);
        return Final.Contains(code) ? new OrkestronException(text) { Code = code } : null;
    }

    private static ResiliencePipelineBuilder Retries(TimeProvider clock, Func<Exception, bool> passes) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddTries(fault => passes(fault) && !IsFull(fault), int.MaxValue, Common.Retries.LongestWait)
            .AddTries(IsFull, int.MaxValue, LongestWaitWhenFull);

    private static bool MayPass(Exception fault) =>
        fault is not EarlierPlatformException && !(fault is HubException refused && Refusal(refused) is not null);

    private static bool IsFull(Exception fault) => fault is HubException refused && Code(refused).Code == TooMany;

    private static bool IsFault(Exception fault) => fault is HubException refused && Code(refused).Code == Fault;

    private static (string Code, string Text) Code(HubException fault)
    {
        const string Prefix = "HubException: ";
        var at = fault.Message.IndexOf(Prefix, StringComparison.Ordinal);
        var text = at < 0 ? fault.Message : fault.Message[(at + Prefix.Length)..];
        return (text.Split(':', 2)[0], text);
    }
}
