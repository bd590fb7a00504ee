using System.Net;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orkestron.Contracts.Providers;
using Orkestron.Sdk.Common;

namespace Orkestron.Sdk.Providers;

/// <summary>Publishes the agents, connects, reconnects for ever, and shuts down gracefully.</summary>
internal sealed partial class ProviderProcess(
    Connection connection,
    IReadOnlyList<HostedAgent> agents,
    int? candidateShare,
    TimeProvider clock,
    TimeSpan drain,
    ILogger logger) : IDisposable
{
    private readonly string _processId = Guid.NewGuid().ToString("N");
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _names = string.Join(", ", agents.Select(static each => each.Key));
    private readonly HubLink _link = new(clock);
    private StepExecutor? _executor;
    private long _session;

    /// <summary>Completes when the process is connected for the first time.</summary>
    public Task Ready => _ready.Task;

    public int Running => _executor?.Count ?? 0;

    /// <exception cref="OrkestronException">The platform refuses the key or an agent.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        using var http = connection.Open();
        _executor = new StepExecutor(agents.ToDictionary(static each => each.Key, StringComparer.Ordinal), _link, http, clock, logger);
        try
        {
            await new Publisher(new Api(http, clock), candidateShare, logger).PublishAsync(agents, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }

        // The connection stays while draining: running steps must be able to send their results.
        using var over = new CancellationTokenSource();
        var connected = StayConnectedAsync(stop, over.Token);
        await connected.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (connected.IsCompleted)
        {
            await connected.ConfigureAwait(false);
        }

        await DrainAsync().ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        await connected.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _executor?.Dispose();

    private async Task DrainAsync()
    {
        _executor!.Draining = true;
        LogDraining(logger, _executor.Count);
        using (var brief = new CancellationTokenSource(TimeSpan.FromSeconds(2), clock))
        {
            // Without a connection nobody can be told; the steps end by themselves.
            await ((Task)_link.InvokeAsync<ProviderWelcome>(ProviderHubNames.Announce, () => [Hello()], brief.Token))
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _executor.DrainAsync(drain).ConfigureAwait(false);
        await _link.TrySendAsync(ProviderHubNames.Leave).ConfigureAwait(false);
    }

    private async Task StayConnectedAsync(CancellationToken stop, CancellationToken over)
    {
        var retries = Retries.Of(clock, static fault => fault is not OrkestronException);
        while (!over.IsCancellationRequested)
        {
            var (hub, closed) = await retries.ExecuteAsync(async over => await ConnectAsync(over).ConfigureAwait(false), over)
                .ConfigureAwait(false);
            await using (hub.ConfigureAwait(false))
            {
                await ((Task)closed).WaitAsync(over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                _link.Down();
            }

            if (stop.IsCancellationRequested && _executor!.Count == 0)
            {
                return;
            }

            if (closed.IsCompleted)
            {
                LogNotConnected(logger, connection.Address, await closed.ConfigureAwait(false));
                await Task.Delay(Retries.FirstWait(), clock, over).ConfigureAwait(false);
            }
        }
    }

    /// <exception cref="OrkestronException">The platform refuses the process permanently.</exception>
    private async Task<(HubConnection Hub, Task<string> Closed)> ConnectAsync(CancellationToken over)
    {
        var hub = Build(out var closed);
        try
        {
            await hub.StartAsync(over).ConfigureAwait(false);
            _session++;
            var welcome = await hub.InvokeAsync<ProviderWelcome>(ProviderHubNames.Announce, Hello(), over).ConfigureAwait(false);
            _executor!.Welcome(welcome);
            _link.Up(hub);
            LogConnected(logger, _names, connection.Address);
            _ready.TrySetResult();
            return (hub, closed);
        }
        catch (Exception fault)
        {
            await hub.DisposeAsync().ConfigureAwait(false);
            // A key that is refused later was revoked: no result can be sent any more.
            if (Final(fault) is { } refused && (!_ready.Task.IsCompleted || refused.Code == "api_key_refused"))
            {
                throw refused;
            }

            if (!over.IsCancellationRequested)
            {
                LogNotConnected(logger, connection.Address, fault.Message);
            }

            throw;
        }
    }

    private ProviderHello Hello() => new(
        _processId,
        _session,
        [.. agents.Select(each => new ServedAgent(each.Key, each.Agent.Card.Version, _executor!.Draining ? 0 : each.Capacity))],
        _executor!.Tickets);

    private HubConnection Build(out Task<string> closed)
    {
        var hub = new HubConnectionBuilder()
            .WithUrl(
                new Uri(connection.Address, ProviderHubNames.Path),
                options => options.AccessTokenProvider = () => Task.FromResult<string?>(connection.ApiKey))
            .AddJsonProtocol(static options => SdkJson.Configure(options.PayloadSerializerOptions))
            .Build();
        var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.Closed += fault =>
        {
            ended.TrySetResult(fault?.Message ?? "The platform ended the connection.");
            return Task.CompletedTask;
        };
        hub.On<StepAssignment>(ProviderHubNames.Begin, _executor!.Begin);
        hub.On<StepStop>(ProviderHubNames.Stop, _executor.Stop);
        hub.On<AgentCallEnded>(ProviderHubNames.CallEnded, _executor.Calls.End);
        hub.On<string, string>(ProviderHubNames.Closing, (code, detail) => LogClosing(logger, code, detail));
        closed = ended.Task;
        return hub;
    }

    /// <summary>The refusal, when retries cannot succeed; otherwise null.</summary>
    private OrkestronException? Final(Exception fault) => fault switch
    {
        HubException refused => HubLink.Refusal(refused),
        HttpRequestException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } refused =>
            new OrkestronException(
                $"{connection.Address} refuses the API key for serving. It needs the scope 'publish'.", refused)
            {
                Code = "api_key_refused",
                Status = refused.StatusCode,
            },
        _ => null,
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "Serving {Agents} at {Address}. Press Ctrl+C to shut down.")]
    private static partial void LogConnected(ILogger logger, string agents, Uri address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not connected to {Address}: {Reason} Trying again.")]
    private static partial void LogNotConnected(ILogger logger, Uri address, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The platform ends the connection ({Code}): {Detail}")]
    private static partial void LogClosing(ILogger logger, string code, string detail);

    [LoggerMessage(Level = LogLevel.Information, Message = "Shutting down: waiting for {Running} running steps")]
    private static partial void LogDraining(ILogger logger, int running);
}
