using Microsoft.Extensions.DependencyInjection;

namespace Orkestron.Journal.Tests.Stores;

/// <summary>A database of its own for one test, on one kind of store.</summary>
public abstract class TestStore : IAsyncDisposable
{
    /// <summary>Whether reads fail too while the store is broken; otherwise only writes do.</summary>
    public abstract bool BreaksReads { get; }

    /// <summary>Registers the journal of this database.</summary>
    public abstract void Register(IServiceCollection services, Action<JournalOptions> configure);

    /// <summary>Takes the store away from the journal.</summary>
    public abstract Task BreakAsync();

    /// <summary>Brings it back.</summary>
    public abstract Task MendAsync();

    /// <summary>Changes the database behind the journal's back.</summary>
    public abstract Task RunAsync(string sql);

    /// <summary>How many secondary indexes a table has.</summary>
    public abstract Task<int> CountIndexesAsync(string table);

    public abstract ValueTask DisposeAsync();
}
