using Microsoft.Extensions.DependencyInjection;

namespace Orkestron.Journal.Tests.Stores;

/// <summary>A database of its own for one test class, on one kind of store.</summary>
public abstract class TestStore : IAsyncDisposable
{
    /// <summary>Registers the journal of this database.</summary>
    public abstract void Register(IServiceCollection services, Action<JournalOptions> configure);

    public abstract ValueTask DisposeAsync();
}
