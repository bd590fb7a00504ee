using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Orkestron.Contracts.Agents;
using Orkestron.Sdk.Common;
using Orkestron.Sdk.Providers;

namespace Orkestron.Sdk;

/// <summary>
/// A process that serves agents: <c>await OrkestronProvider.Create(args).AddAgent&lt;MyAgent&gt;().RunAsync();</c>. It dials
/// out, so it works behind any firewall; it publishes its agents, and is handed their steps for as long as it runs.
/// </summary>
/// <remarks>
/// The platform is found by <c>--address</c>, <c>Orkestron:Address</c> in a configuration that is given, or
/// <c>ORKESTRON_ADDRESS</c> (default http://localhost:5080); the API key, of scope <c>publish</c>, by <c>--key</c>,
/// <c>Orkestron:ApiKey</c> or <c>ORKESTRON_API_KEY</c>.
/// </remarks>
public sealed class OrkestronProvider
{
    private readonly string[] _args;
    private readonly List<ServedByProcess> _agents = [];
    private IConfiguration? _configuration;
    private ILoggerFactory? _logging;
    private Uri? _address;
    private string? _key;
    private TimeProvider _clock = TimeProvider.System;
    private TimeSpan _drain = TimeSpan.FromSeconds(30);
    private int? _candidateShare;

    private OrkestronProvider(string[] args) => _args = args;

    /// <summary>Begins; the command line may say where the platform is.</summary>
    public static OrkestronProvider Create(params string[] args) => new(args);

    /// <summary>Serves an agent.</summary>
    /// <typeparam name="TAgent">Its class; one instance serves all steps.</typeparam>
    public OrkestronProvider AddAgent<TAgent>()
        where TAgent : IAgent, new() => AddAgent(new TAgent());

    /// <summary>Serves an agent.</summary>
    /// <param name="agent">It serves all steps, several at a time.</param>
    /// <param name="capacity">Steps at once in this process; null for the card's number.</param>
    public OrkestronProvider AddAgent(IAgent agent, int? capacity = null)
    {
        ArgumentNullException.ThrowIfNull(agent);
        if (capacity is not null)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(capacity.Value, 1);
        }

        _agents.Add(new ServedByProcess(agent, capacity ?? agent.Card.MaxConcurrency));
        return this;
    }

    /// <summary>Serves a function as an agent.</summary>
    /// <param name="description">What it is and costs.</param>
    /// <param name="run">The work: may run again after a crash.</param>
    /// <param name="capacity">Steps at once in this process; null for the description's number.</param>
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

    /// <summary>Says where the platform is.</summary>
    public OrkestronProvider UseAddress(Uri address)
    {
        _address = address;
        return this;
    }

    /// <summary>Says who serves.</summary>
    public OrkestronProvider UseApiKey(string key)
    {
        _key = key;
        return this;
    }

    /// <summary>
    /// Publishes versions that are new as candidates: a share of new tasks gets them beside the current version, which goes
    /// on. Without this a new version gets all new tasks as soon as the process starts. The first version of an agent is its
    /// current one all the same. Promote a candidate, or take it back, by its rollout (a page, or REST).
    /// </summary>
    /// <param name="share">Percent of new tasks, 0 to 50; with 0 only you run it, by its version.</param>
    /// <remarks>The same by <c>--candidate-share</c>, <c>Orkestron:CandidateShare</c> in a configuration that is given, or
    /// <c>ORKESTRON_CANDIDATE_SHARE</c>; what is said here goes first.</remarks>
    public OrkestronProvider AsCandidate(int share)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(share, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 50);
        _candidateShare = share;
        return this;
    }

    /// <summary>Logs elsewhere than to the console.</summary>
    public OrkestronProvider UseLogging(ILoggerFactory logging)
    {
        _logging = logging;
        return this;
    }

    /// <summary>Takes the time from elsewhere.</summary>
    public OrkestronProvider UseClock(TimeProvider clock)
    {
        _clock = clock;
        return this;
    }

    /// <summary>How long running steps may go on once the process is asked to end; then they are handed back. The default is
    /// 30 seconds.</summary>
    public OrkestronProvider DrainWithin(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        _drain = time;
        return this;
    }

    /// <summary>
    /// Publishes the agents and serves them until Ctrl+C, SIGTERM or cancellation; then takes no more, lets what runs end
    /// or hands it back, and returns.
    /// </summary>
    /// <exception cref="OrkestronException">The platform refuses the key or an agent; the message says how to mend it.</exception>
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
            // The first asks for an orderly end; the second one ends the process as ever.
            if (!stop.IsCancellationRequested)
            {
                signal.Cancel = true;
                stop.Cancel();
            }
        }
    }

    /// <summary>Publishes the agents and serves them beside other work of the process, once connected.</summary>
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
