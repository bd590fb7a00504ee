using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orkestron.Journal.Writing;

namespace Orkestron.Journal.Tests.Stores;

/// <summary>A started journal, as the product registers it.</summary>
public sealed class JournalUnderTest : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private JournalUnderTest(ServiceProvider services) => _services = services;

    public IJournal Journal => _services.GetRequiredService<IJournal>();

    public IStateStore States => _services.GetRequiredService<IStateStore>();

    public ISealer Sealer => _services.GetRequiredService<ISealer>();

    public ISubjectKeys Keys => _services.GetRequiredService<ISubjectKeys>();

    /// <summary>Completes when the writer takes writes again after an outage.</summary>
    public Task Back => ((StoreSignals)_services.GetRequiredService<ILogger<JournalWriter>>()).Back
        .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    internal JournalWriter Writer => _services.GetRequiredService<GroupCommitJournal>().Writer;

    public static async Task<JournalUnderTest> StartAsync(
        TestStore store,
        Action<JournalOptions>? configure = null,
        IEnumerable<RowTable>? tables = null,
        TimeProvider? clock = null)
    {
        var services = new ServiceCollection();
        foreach (var table in tables ?? [TestTables.Notes])
        {
            services.AddSingleton(table);
        }

        if (clock is not null)
        {
            services.AddSingleton(clock);
        }

        services.AddSingleton<ILogger<JournalWriter>>(new StoreSignals());
        store.Register(services, configure ?? (_ => { }));
        var journal = new JournalUnderTest(services.BuildServiceProvider());
        try
        {
            await journal.Journal.StartAsync(TestContext.Current.CancellationToken);
            return journal;
        }
        catch
        {
            // A process that cannot start ends.
            await journal.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
