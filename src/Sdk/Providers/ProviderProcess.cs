using System.Net;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orkestron.Contracts.Providers;
using Orkestron.Sdk.Common;

namespace Orkestron.Sdk.Providers;

/// <summary>Publishes, connects, connects again for ever, and ends in order.</summary>
internal sealed partial class ProviderProcess(
    Connection connection,
    IReadOnlyList<ServedByProcess> agents,
    int? candidateShare,
    TimeProvider clock,
    TimeSpan drain,
    ILogger logger) : IDisposable
{
    private readonly string _processId = Guid.NewGuid().ToString("N");
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _names = string.Join(", ", agents.Select(static each => each.Key));
    private readonly HubLink _link = new(clock);
    private readonly Backoff _wait = new(clock);
    private StepDesk? _desk;
    private long _session;

    /// <summary>Completes when the process is connected for the first time.</summary>
    public Task Ready => _ready.Task;

    public int Running => _desk?.Count ?? 0;

    /// <exception cref="OrkestronException">The platform refuses the key or an agent.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        using var http = connection.Open();
        _desk = new StepDesk(agents.ToDictionary(static each => each.Key, StringComparer.Ordinal), _link, http, clock, logger);
        try
        {
            await new Publisher(new Api(http, clock), candidateShare, logger).PublishAsync(agents, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }

        // Draining goes on after the stop: what runs must be able to hand in its end.
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

    public void Dispose() => _desk?.Dispose();

    private async Task DrainAsync()
    {
        _desk!.Draining = true;
        LogDraining(logger, _desk.Count);
        using (var brief = new CancellationTokenSource(TimeSpan.FromSeconds(2), clock))
        {
            // With no connection there is nobody to tell; steps then come to an end by themselves.
            await ((Task)_link.InvokeAsync<ProviderWelcome>(ProviderHubNames.Announce, () => [Hello()], brief.Token))
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _desk.DrainAsync(drain).ConfigureAwait(false);
        await _link.TrySendAsync(ProviderHubNames.Leave).ConfigureAwait(false);
    }

    private async Task StayConnectedAsync(CancellationToken stop, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var hub = Build(out var closed);
            await using (hub.ConfigureAwait(false))
            {
                try
                {
                    await ConnectAsync(hub, over).ConfigureAwait(false);
                    await closed.WaitAsync(over).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (over.IsCancellationRequested)
                {
                    return;
                }
                catch (Exception fault)
                {
                    // A key that is refused later was revoked: nothing that runs can be handed in any more.
                    if (Final(fault) is { } refused && (!_ready.Task.IsCompleted || refused.Code == "api_key_refused"))
                    {
                        throw refused;
                    }

                    LogNotConnected(logger, connection.Address, fault.Message);
                }
                finally
                {
                    _link.Down();
                }
            }

            if (stop.IsCancellationRequested && _desk!.Count == 0)
            {
                return;
            }

            await _wait.PauseAsync(null, over).ConfigureAwait(false);
        }
    }

    private async Task ConnectAsync(HubConnection hub, CancellationToken over)
    {
        await hub.StartAsync(over).ConfigureAwait(false);
        _session++;
        var welcome = await hub.InvokeAsync<ProviderWelcome>(ProviderHubNames.Announce, Hello(), over).ConfigureAwait(false);
        _desk!.Welcome(welcome);
        _link.Up(hub);
        _wait.Reset();
        LogConnected(logger, _names, connection.Address);
        _ready.TrySetResult();
    }

    private ProviderHello Hello() => new(
        _processId,
        _session,
        [.. agents.Select(each => new ServedAgent(each.Key, each.Agent.Card.Version, _desk!.Draining ? 0 : each.Capacity))],
        _desk!.Tickets);

    private HubConnection Build(out Task closed)
    {
        var hub = new HubConnectionBuilder()
            .WithUrl(
                new Uri(connection.Address, ProviderHubNames.Path),
                options => options.AccessTokenProvider = () => Task.FromResult<string?>(connection.ApiKey))
            .AddJsonProtocol(static options => SdkJson.Configure(options.PayloadSerializerOptions))
            .Build();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.Closed += fault =>
        {
            ended.TrySetException(fault ?? new IOException("The platform ended the connection."));
            return Task.CompletedTask;
        };
        hub.On<StepAssignment>(ProviderHubNames.Begin, _desk!.Begin);
        hub.On<StepStop>(ProviderHubNames.Stop, _desk.Stop);
        hub.On<AgentCallEnded>(ProviderHubNames.CallEnded, _desk.Calls.End);
        hub.On<string, string>(ProviderHubNames.Closing, (code, detail) => LogClosing(logger, code, detail));
        closed = ended.Task;
        return hub;
    }

    /// <summary>What no waiting mends.</summary>
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

    [LoggerMessage(Level = LogLevel.Information, Message = "Serving {Agents} at {Address}. Ctrl+C ends in order.")]
    private static partial void LogConnected(ILogger logger, string agents, Uri address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not connected to {Address}: {Reason} Trying again.")]
    private static partial void LogNotConnected(ILogger logger, Uri address, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The platform ends the connection ({Code}): {Detail}")]
    private static partial void LogClosing(ILogger logger, string code, string detail);

    [LoggerMessage(Level = LogLevel.Information, Message = "Taking no more; {Running} steps are let end or handed back.")]
    private static partial void LogDraining(ILogger logger, int running);
}
