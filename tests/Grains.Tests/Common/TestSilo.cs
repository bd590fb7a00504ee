using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orkestron.Domain.Tasks;
using Orkestron.Domain.Users;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Catalogue;
using Orkestron.Grains.Common;
using Orkestron.Grains.Endpoints;
using Orkestron.Grains.Hosting;
using Orkestron.Grains.Streams;
using Orkestron.Grains.Tests.Common;
using Orkestron.Grains.Users;
using Orkestron.Grains.Wallets;
using Orkestron.Journal;
using Orleans.Core.Internal;
using Orleans.Storage;
using Orleans.Streams;
using Orleans.TestingHost;

namespace Orkestron.Grains.Tests.Common;

/// <summary>One silo with the product's grains on stores in memory, whose clock and faults a test commands.</summary>
public sealed class TestSilo : IAsyncLifetime
{
    public static readonly DateTimeOffset Start = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private readonly ConcurrentQueue<(Guid Task, StepReport Report)> _reports = new();
    private readonly ConcurrentQueue<(Guid Task, DateTimeOffset Until)> _watches = new();
    private InProcessTestCluster? _cluster;

    public IGrainFactory Grains => _cluster!.Client;

    /// <summary>The grains' clock; Orleans keeps the system's.</summary>
    public FakeTimeProvider Clock { get; } = new(Start);

    internal MemoryJournal Journal { get; } = new();

    internal FakeProbe Probe { get; } = new();

    internal FaultyStorage Cold { get; private set; } = null!;

    /// <summary>The silo's settings of tasks: a test that changes one puts it back.</summary>
    internal TaskOptions Tasks { get; private set; } = null!;

    /// <summary>The keys that were made of passwords.</summary>
    internal CountedKeys Keys { get; } = new();

    /// <summary>How much the catalogue holds; a test that changes it puts it back.</summary>
    internal RegistryOptions Catalogue { get; private set; } = null!;

    /// <summary>Holds that tasks say they live by.</summary>
    internal HashSet<Guid> OwnedHolds { get; } = [];

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddOrkestronGrains();
            silo.Services.AddSingleton<TimeProvider>(Clock);
            silo.Services.AddSingleton<IKeyDerivation>(Keys);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.Services.AddSingleton<IJournal>(Journal);
            silo.Services.AddSingleton<ISealer>(new PlainSealer());
            silo.Services.AddSingleton<IGrainStorageSerializer, OrleansGrainStorageSerializer>();
            silo.Services.AddSingleton<FaultyStorage>();
            silo.Services.AddKeyedSingleton<IGrainStorage>(
                StorageNames.Cold, static (services, _) => services.GetRequiredService<FaultyStorage>());
            silo.Services.Configure<AccountOptions>(options => options.PasswordIterations = 1_000);
            silo.Services.Configure<WalletOptions>(options => options.OrphanAge = TimeSpan.FromMilliseconds(100));
            silo.Services.AddSingleton<IEndpointProbe>(Probe);
            silo.UseInMemoryReminderService();
            silo.AddWorkStreams();
            silo.AddIncomingGrainCallFilter(AnswerForTasksAsync);
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        Tasks = _cluster.Silos[0].ServiceProvider.GetRequiredService<IOptions<TaskOptions>>().Value;
        Cold = _cluster.Silos[0].ServiceProvider.GetRequiredService<FaultyStorage>();
        Catalogue = _cluster.Silos[0].ServiceProvider.GetRequiredService<IOptions<RegistryOptions>>().Value;
    }

    /// <summary>Waits for something that comes by itself.</summary>
    public static async Task EventuallyAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>Hands a step to its agent, as its task does.</summary>
    public Task SendAsync(WorkItem work) => _cluster!.Silos[0].ServiceProvider
        .GetRequiredKeyedService<IStreamProvider>(WorkStream.Provider)
        .GetStream<WorkItem>(StreamId.Create(WorkStream.Namespace, work.Agent)).OnNextAsync(work);

    /// <summary>The places in its agent's queue that a task has been told of its first step, in order.</summary>
    public IReadOnlyList<int> Places(Guid taskId) =>
        [.. _reports.Where(told => told.Task == taskId).Select(static told => told.Report.QueuePosition).OfType<int>()];

    /// <summary>Until when a task has told the agents of its steps that it is watched, in order.</summary>
    public IReadOnlyList<DateTimeOffset> Watches(Guid taskId) =>
        [.. _watches.Where(told => told.Task == taskId).Select(static told => told.Until)];

    /// <summary>Ends a grain's activation; the next call makes another.</summary>
    public static async Task DeactivateAsync(IAddressable grain) =>
        await grain.AsReference<IGrainManagementExtension>().DeactivateOnIdle();

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }

    private async Task AnswerForTasksAsync(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod.Name == nameof(ITaskStepsGrain.OwnsHoldAsync))
        {
            lock (OwnedHolds)
            {
                context.Result = OwnedHolds.Contains((Guid)context.Request.GetArgument(0)!);
            }
        }
        else
        {
            if (context.InterfaceMethod.Name == nameof(IAgentGrain.WatchStepAsync))
            {
                _watches.Enqueue(((Guid)context.Request.GetArgument(0)!, (DateTimeOffset)context.Request.GetArgument(2)!));
            }

            if (context.InterfaceMethod.Name == nameof(ITaskStepsGrain.ReportAsync) && context.TargetContext is { } target
                && context.Request.GetArgument(0) is StepReport report)
            {
                _reports.Enqueue((target.GrainId.GetGuidKey(), report));
            }

            await context.Invoke();
        }
    }
}
