using Orkestron.Journal.Tests.Stores;

namespace Orkestron.Journal.Tests.Scenarios;

/// <summary>One suite for every store: what the journal promises, whatever is under it.</summary>
public abstract partial class JournalScenarios : IAsyncLifetime
{
    protected TestStore Store { get; private set; } = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Store = await CreateStoreAsync();

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<TestStore> CreateStoreAsync();

    protected Task<JournalUnderTest> StartAsync(
        Action<JournalOptions>? configure = null, params RowTable[] tables) =>
        JournalUnderTest.StartAsync(Store, configure, tables.Length > 0 ? tables : null);
}
