using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Orkestron.Contracts.Agents;
using Orkestron.Sdk.Common;
using Orkestron.Sdk.Providers;

namespace Orkestron.Sdk;

/// <summary>
/// A process that serves agents: <c>await OrkestronProvider.Create(args).AddAgent&lt;MyAgent&gt;().RunAsync();</c>. It dials
/// out, so it works behind any firewall. It publishes its agents and runs their steps.
/// </summary>
/// <remarks>
/// The address comes from <c>--address</c>, <c>Orkestron:Address</c> in the given configuration, or
/// <c>ORKESTRON_ADDRESS</c> (default http://localhost:5080); the API key, with scope <c>publish</c>, from <c>--key</c>,
/// <c>Orkestron:ApiKey</c> or <c>ORKESTRON_API_KEY</c>.
/// </remarks>
public sealed class OrkestronProvider
{
    private readonly string[] _args;
    private readonly List<HostedAgent> _agents = [];
    private IConfiguration? _configuration;
    private ILoggerFactory? _logging;
    private Uri? _address;
    private string? _key;
    private TimeProvider _clock = TimeProvider.System;
    private TimeSpan _drain = TimeSpan.FromSeconds(30);
    private int? _candidateShare;

    private OrkestronProvider(string[] args) => _args = args;

    /// <summary>Creates a provider; the command line may set address and key.</summary>
    public static OrkestronProvider Create(params string[] args) => new(args);

    /// <summary>Adds an agent.</summary>
    /// <typeparam name="TAgent">Its class; one instance runs all steps.</typeparam>
    public OrkestronProvider AddAgent<TAgent>()
        where TAgent : IAgent, new() => AddAgent(new TAgent());

    /// <summary>Adds an agent.</summary>
    /// <param name="agent">One instance runs all steps, several at a time.</param>
    /// <param name="capacity">Concurrent steps in this process; null for the card's limit.</param>
    public OrkestronProvider AddAgent(IAgent agent, int? capacity = null)
    {
        ArgumentNullException.ThrowIfNull(agent);
        if (capacity is not null)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(capacity.Value, 1);
        }

        _agents.Add(new HostedAgent(agent, capacity ?? agent.Card.MaxConcurrency));
        return this;
    }

    /// <summary>Adds a function as an agent.</summary>
    /// <param name="description">What the agent does and costs.</param>
    /// <param name="run">Runs a step; called again after a crash.</param>
    /// <param name="capacity">Concurrent steps in this process; null for the description's limit.</param>
    public OrkestronProvider AddAgent<TInput, TOutput>(
        AgentDescription description,
        Func<TInput, IAgentContext, CancellationToken, Task<TOutput>> run,
        int? capacity = null) => AddAgent(new LambdaAgent<TInput, TOutput>(description, run), capacity);

    /// <summary>Reads <c>Orkestron:Address</c> and <c>Orkestron:ApiKey</c> from a configuration.</summary>
    public OrkestronProvider UseConfiguration(IConfiguration configuration)
    {
        _configuration = configuration;
        return this;
    }

    /// <summary>Sets the address of the platform.</summary>
    public OrkestronProvider UseAddress(Uri address)
    {
        _address = address;
        return this;
    }

    /// <summary>Sets the API key.</summary>
    public OrkestronProvider UseApiKey(string key)
    {
        _key = key;
        return this;
    }

    /// <summary>
    /// Publishes new versions as candidates: they get a share of new tasks, the current version gets the rest. Without this, a
    /// new version gets all new tasks as soon as the process starts. The first version of an agent is always the current one.
    /// Promote or withdraw a candidate on its rollout page or by REST.
    /// </summary>
    /// <param name="share">Percentage of new tasks, 0 to 50. With 0 only its owner can run it, by naming the version.</param>
    /// <remarks>Can also be set by <c>--candidate-share</c>, <c>Orkestron:CandidateShare</c> in the given configuration, or
    /// <c>ORKESTRON_CANDIDATE_SHARE</c>; this call takes precedence.</remarks>
    public OrkestronProvider AsCandidate(int share)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(share, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 50);
        _candidateShare = share;
        return this;
    }

    /// <summary>Sets the loggers; by default the console.</summary>
    public OrkestronProvider UseLogging(ILoggerFactory logging)
    {
        _logging = logging;
        return this;
    }

    /// <summary>Sets the clock.</summary>
    public OrkestronProvider UseClock(TimeProvider clock)
    {
        _clock = clock;
        return this;
    }

    /// <summary>How long running steps may go on after the process is asked to stop; then they are returned. The default is
    /// 30 seconds.</summary>
    public OrkestronProvider DrainWithin(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        _drain = time;
        return this;
    }

    /// <summary>
    /// Publishes the agents and serves them until Ctrl+C, SIGTERM or cancellation; then accepts no more steps, lets
    /// running ones finish or returns them, and ends.
    /// </summary>
    /// <exception cref="OrkestronException">The platform refuses the key or an agent; the message says what to do.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var logging = _logging is null ? Console() : null;
        using var process = Process(_logging ?? logging!);
        await process.RunAsync(stop.Token).ConfigureAwait(false);

        void Stop(PosixSignalContext signal)
        {
            // The first signal shuts down gracefully; the second one ends the process.
            if (!stop.IsCancellationRequested)
            {
                signal.Cancel = true;
                stop.Cancel();
            }
        }
    }

    /// <summary>Publishes the agents and serves them in the background; returns once connected.</summary>
    /// <exception cref="OrkestronException">As <see cref="RunAsync"/>.</exception>
    public async Task<RunningProvider> StartAsync(CancellationToken cancellationToken = default)
    {
        var logging = _logging ?? Console();
        var process = Process(logging);
        var running = new RunningProvider(process, _logging is null ? logging : null);
        try
        {
            await running.ReadyAsync(cancellationToken).ConfigureAwait(false);
            return running;
        }
        catch
        {
            await running.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private ProviderProcess Process(ILoggerFactory logging)
    {
        if (_agents.Count == 0)
        {
            throw new OrkestronException("There is nothing to serve: call AddAgent first.") { Code = "no_agents" };
        }

        return new ProviderProcess(
            Connection.Find(_args, _configuration, _address, _key),
            _agents,
            Connection.CandidateShare(_args, _configuration, _candidateShare),
            _clock,
            _drain,
            logging.CreateLogger("Orkestron"));
    }

    private static ILoggerFactory Console() => LoggerFactory.Create(static builder => builder
        .SetMinimumLevel(LogLevel.Information)
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddSimpleConsole(static options =>
        {
            options.SingleLine = true;
            options.TimestampFormat = "HH:mm:ss ";
        }));
}
