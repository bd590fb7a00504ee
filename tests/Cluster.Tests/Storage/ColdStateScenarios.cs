using Orkestron.Cluster.Tests.Hosting;
using Orleans.Storage;

namespace Orkestron.Cluster.Tests.Storage;

/// <summary>One suite for every store: what a grain may expect of its cold state.</summary>
public abstract class ColdStateScenarios(StoreNode node)
{
    [Fact]
    public async Task Read_NeverWritten_IsAbsentAndEmpty()
    {
        var state = await ReadAsync(NewGrain());

        Assert.False(state.RecordExists);
        Assert.Null(state.ETag);
        Assert.Equal(("", 0), (state.State!.Name, state.State!.Numbers.Count));
    }

    [Fact]
    public async Task Write_Always_IsReadBackAndSurvivesARestart()
    {
        var grain = NewGrain();
        var state = await WriteAsync(grain, new GrainState<ColdState>(), "Ada \U0001F980 \0");
        var first = state.ETag;
        await WriteAsync(grain, state, "Bea", 1, long.MaxValue);

        Assert.NotEqual(first, state.ETag);
        await node.RestartAsync();
        var read = await ReadAsync(grain);
        Assert.True(read.RecordExists);
        Assert.Equal(("Bea", state.ETag), (read.State!.Name, read.ETag));
        Assert.Equal([1, long.MaxValue], read.State!.Numbers);
    }

    [Fact]
    public async Task Write_OfTwoGrainsAndTwoNames_AreApart()
    {
        var (one, other) = (NewGrain(), NewGrain());
        await WriteAsync(one, new GrainState<ColdState>(), "one");
        await WriteAsync(other, new GrainState<ColdState>(), "other");
        var second = new GrainState<ColdState>(new ColdState { Name = "second" });
        await node.Storage.WriteStateAsync("second", one, second);

        Assert.Equal("one", (await ReadAsync(one)).State!.Name);
        Assert.Equal("other", (await ReadAsync(other)).State!.Name);
        var read = new GrainState<ColdState>();
        await node.Storage.ReadStateAsync("second", one, read);
        Assert.Equal("second", read.State!.Name);
    }

    [Fact]
    public async Task Write_OverAnothersWrite_IsInconsistentAndChangesNothing()
    {
        var grain = NewGrain();
        await WriteAsync(grain, new GrainState<ColdState>(), "first");
        var (mine, theirs) = (await ReadAsync(grain), await ReadAsync(grain));
        await WriteAsync(grain, theirs, "theirs");

        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(grain, mine, "mine"));
        await Assert.ThrowsAsync<InconsistentStateException>(() => node.Storage.ClearStateAsync("cold", grain, mine));

        var read = await ReadAsync(grain);
        Assert.Equal(("theirs", theirs.ETag), (read.State!.Name, read.ETag));
    }

    [Fact]
    public async Task Write_FirstFromManyAtOnce_HasOneWinner()
    {
        for (var round = 0; round < 10; round++)
        {
            var grain = NewGrain();
            using var barrier = new Barrier(4);
            var writes = Enumerable.Range(0, 4).Select(i => Task.Factory.StartNew(
                () =>
                {
                    barrier.SignalAndWait();
                    return TryWriteAsync(grain, $"writer {i}");
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap());
            var won = (await Task.WhenAll(writes)).OfType<string>();

            Assert.Equal(Assert.Single(won), (await ReadAsync(grain)).State!.Name);
        }
    }

    [Fact]
    public async Task Clear_Always_IsAbsentAndMayBeWrittenAgain()
    {
        var grain = NewGrain();
        var state = await WriteAsync(grain, new GrainState<ColdState>(), "gone soon", 1);

        await node.Storage.ClearStateAsync("cold", grain, state);

        Assert.False(state.RecordExists);
        Assert.Equal("", state.State!.Name);
        var read = await ReadAsync(grain);
        Assert.False(read.RecordExists);
        Assert.Equal(("", 0), (read.State!.Name, read.State!.Numbers.Count));
        await WriteAsync(grain, state, "back");
        Assert.Equal("back", (await ReadAsync(grain)).State!.Name);
    }

    [Fact]
    public async Task Write_LargeState_IsReadBack()
    {
        var grain = NewGrain();
        var name = new string('x', 2_000_000);

        await WriteAsync(grain, new GrainState<ColdState>(), name);

        Assert.Equal(name, (await ReadAsync(grain)).State!.Name);
    }

    private static GrainId NewGrain() => GrainId.Create("cold", Guid.NewGuid().ToString("N"));

    private async Task<GrainState<ColdState>> ReadAsync(GrainId grain)
    {
        var state = new GrainState<ColdState>();
        await node.Storage.ReadStateAsync("cold", grain, state);
        return state;
    }

    private async Task<GrainState<ColdState>> WriteAsync(
        GrainId grain, GrainState<ColdState> state, string name, params long[] numbers)
    {
        state.State = new ColdState { Name = name, Numbers = [.. numbers] };
        await node.Storage.WriteStateAsync("cold", grain, state);
        Assert.True(state.RecordExists);
        return state;
    }

    private async Task<string?> TryWriteAsync(GrainId grain, string name)
    {
        try
        {
            return (await WriteAsync(grain, new GrainState<ColdState>(), name)).State!.Name;
        }
        catch (InconsistentStateException)
        {
            return null;
        }
    }
}

public sealed class PostgresColdStateTests(PostgresNode node) : ColdStateScenarios(node), IClassFixture<PostgresNode>;

public sealed class EmbeddedColdStateTests(EmbeddedNode node) : ColdStateScenarios(node), IClassFixture<EmbeddedNode>;
