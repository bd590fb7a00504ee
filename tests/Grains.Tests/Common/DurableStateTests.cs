using Orkestron.Grains.Common;
using Orkestron.Journal;
using Orleans.Storage;

namespace Orkestron.Grains.Tests.Common;

/// <summary>The one way in which reentrant grains save: one write at a time, and only what is durable is known.</summary>
public sealed class DurableStateTests
{
    private readonly Store _store = new();

    [Fact]
    public async Task Change_WhileAnotherIsWritten_SharesTheNextWrite()
    {
        var state = State();
        _store.Hold();
        var first = AddAsync(state, 1);
        var others = Enumerable.Range(2, 20).Select(number => AddAsync(state, number)).ToArray();

        Assert.Empty(state.State.Numbers);
        Assert.DoesNotContain(others.Append(first), static change => change.IsCompleted);
        _store.Release();
        await Task.WhenAll(others.Append(first));

        Assert.Equal(Enumerable.Range(1, 21), state.State.Numbers);
        Assert.Equal(Enumerable.Range(1, 21), _store.Stored.Numbers);
        Assert.Equal((2, 1), (_store.Writes, _store.MostAtOnce));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Change_WhoseWriteFails_IsAFaultForAllWhoSharedItAndLeavesTheStateAsItWas(int sharing)
    {
        var state = State();
        await AddAsync(state, 0);
        _store.Hold();
        var before = AddAsync(state, 1);
        var failing = Enumerable.Range(2, sharing).Select(number => AddAsync(state, number)).ToArray();
        _store.FailAt = 3;
        _store.Release();
        await before;

        foreach (var change in failing)
        {
            await Assert.ThrowsAsync<IOException>(() => change);
        }

        Assert.Equal([0, 1], state.State.Numbers);
        Assert.Equal([0, 1], _store.Stored.Numbers);

        // The same commands again.
        await Task.WhenAll(Enumerable.Range(2, sharing).Select(number => AddAsync(state, number)));
        Assert.Equal(Enumerable.Range(0, sharing + 2), _store.Stored.Numbers);
    }

    [Fact]
    public async Task Change_OverAWriteOfAnotherActivation_IsAppliedToWhatThatWrote()
    {
        var state = State();
        await AddAsync(state, 1);
        _store.WriteBehind(new Numbered { Numbers = [1, 5], Count = 2 });

        await AddAsync(state, 9);
        await AddAsync(state, 10);

        Assert.Equal([1, 5, 9, 10], state.State.Numbers);
        Assert.Equal([1, 5, 9, 10], _store.Stored.Numbers);
    }

    [Fact]
    public async Task Change_OverActivationsThatWriteAllTheTime_FailsAsOneToSendAgain()
    {
        var state = State();
        _store.AlwaysBehind = true;

        await Assert.ThrowsAsync<JournalUnavailableException>(() => AddAsync(state, 1));

        _store.AlwaysBehind = false;
        await AddAsync(state, 1);
        Assert.Equal([1], _store.Stored.Numbers);
    }

    [Fact]
    public async Task Change_WhenTheStateCannotBeReadAgain_IsAFaultAndHoldsLater()
    {
        var state = State();
        await AddAsync(state, 1);
        _store.WriteBehind(new Numbered { Numbers = [1, 5] });
        _store.FailRead = true;

        await Assert.ThrowsAsync<IOException>(() => AddAsync(state, 2));
        Assert.Equal([1], state.State.Numbers);

        await AddAsync(state, 2);
        Assert.Equal([1, 5, 2], state.State.Numbers);
    }

    [Fact]
    public async Task Change_ThatThrows_FailsAloneAndLeavesNothingBehind()
    {
        var state = State();
        _store.Hold();
        var first = AddAsync(state, 1);
        var second = AddAsync(state, 2);
        var broken = state.ChangeAsync(static each =>
        {
            each.Numbers.Add(-1);
            throw new InvalidOperationException("A fault in a rule.");
        });
        var third = AddAsync(state, 3);
        _store.Release();
        await Task.WhenAll(first, second, third);

        await Assert.ThrowsAsync<InvalidOperationException>(() => broken);
        Assert.Equal([1, 2, 3], _store.Stored.Numbers);
    }

    [Fact]
    public async Task Change_OfNothing_WritesNothingButWaitsForWhatItSaw()
    {
        var state = State();
        await state.ChangeAsync(static _ => false);
        Assert.Equal(0, _store.Writes);

        _store.Hold();
        var first = AddAsync(state, 1);
        var second = AddAsync(state, 2);
        var repeated = state.ChangeAsync(static each => !each.Numbers.Contains(2));
        Assert.False(repeated.IsCompleted);
        _store.FailAt = 2;
        _store.Release();
        await first;

        // What it took for done was never written.
        await Assert.ThrowsAsync<IOException>(() => second);
        await Assert.ThrowsAsync<IOException>(() => repeated);
    }

    [Fact]
    public async Task Figures_ThatChangeDuringAWrite_AreKeptAndStoredWithTheNext()
    {
        var state = State();
        state.State.Count = 1;
        _store.Hold();
        var change = AddAsync(state, 1);
        state.State.Count = 2;
        _store.Release();
        await change;
        Assert.Equal((2, 1), (state.State.Count, _store.Stored.Count));

        await state.SaveChangedAsync();
        Assert.Equal(1, _store.Stored.Count);
        state.MarkChanged();
        await state.SaveChangedAsync();
        Assert.Equal(2, _store.Stored.Count);

        state.State.Count = 7;
        _store.WriteBehind(new Numbered { Numbers = [4], Count = 3 });
        await AddAsync(state, 5);
        Assert.Equal((7, 7), (state.State.Count, _store.Stored.Count));
        Assert.Equal([4, 5], _store.Stored.Numbers);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task MarkedChanges_WhoseWritesFail_AreSavedTheNextTimeAndThenNotAgain(int failures)
    {
        var state = State();
        state.State.Count = 3;
        state.MarkChanged();
        for (var i = 1; i <= failures; i++)
        {
            _store.FailAt = i;
            await Assert.ThrowsAsync<IOException>(state.SaveChangedAsync);
        }

        await state.SaveChangedAsync();
        await state.SaveChangedAsync();

        Assert.Equal((3, failures + 1), (_store.Stored.Count, _store.Writes));
    }

    [Fact]
    public async Task Changes_BeyondTheLimit_FailAsIfTheStoreWereDown()
    {
        var state = State(maxWaiting: 2);
        _store.Hold();
        var taken = new[] { AddAsync(state, 1), AddAsync(state, 2), AddAsync(state, 3) };

        var fault = await Assert.ThrowsAsync<JournalUnavailableException>(() => AddAsync(state, 4));
        _store.Release();
        await Task.WhenAll(taken);

        Assert.StartsWith("2 changes", fault.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], _store.Stored.Numbers);
    }

    [Fact]
    public async Task Commands_InAQueue_RunOneAfterTheOtherAlsoAfterAFaultAndWithinItsBounds()
    {
        var queue = new CommandQueue(3, 100);
        var gate = new TaskCompletionSource();
        var seen = new List<int>();
        Assert.True(queue.HasRoom(1_000));
        var first = queue.RunAsync<int>(60, async () =>
        {
            await gate.Task;
            seen.Add(1);
            throw new IOException("The store is down.");
        });
        var second = queue.RunAsync(30, () =>
        {
            seen.Add(2);
            return Task.FromResult(2);
        });
        Assert.Equal((0, 2), (seen.Count, queue.Count));
        Assert.Equal((true, false), (queue.HasRoom(10), queue.HasRoom(11)));
        var third = queue.RunAsync(10, static () => Task.FromResult(3));
        Assert.False(queue.HasRoom(0));

        gate.SetResult();

        await Assert.ThrowsAsync<IOException>(() => first);
        Assert.Equal((2, 3), (await second, await third));
        Assert.Equal([1, 2], seen);
        Assert.Equal((0, true), (queue.Count, queue.HasRoom(1_000)));
    }

    private DurableState<Numbered> State(int maxWaiting = 100) => new(
        _store,
        static state => new Numbered { Numbers = [.. state.Numbers], Count = state.Count },
        new StateOptions { MaxWaiting = maxWaiting, MaxConflicts = 3 },
        static (before, after) => after.Count = Math.Max(before.Count, after.Count));

    private static Task AddAsync(DurableState<Numbered> state, int number) => state.ChangeAsync(each =>
    {
        each.Numbers.Add(number);
        return true;
    });

    private sealed class Numbered
    {
        public List<int> Numbers { get; set; } = [];

        /// <summary>Changes in memory at once.</summary>
        public int Count { get; set; }
    }

    /// <summary>A store whose writes wait and fail when told, and that knows stale ones.</summary>
    private sealed class Store : IPersistentState<Numbered>
    {
        private TaskCompletionSource? _gate;
        private int _version;
        private int _read;
        private int _now;

        public Numbered State { get; set; } = new();

        public Numbered Stored { get; private set; } = new();

        public int Writes { get; private set; }

        public int MostAtOnce { get; private set; }

        public int FailAt { get; set; }

        public bool FailRead { get; set; }

        public bool AlwaysBehind { get; set; }

        public string Etag => $"{_read}";

        public bool RecordExists => _version > 0;

        public void Hold() => _gate = new TaskCompletionSource();

        public void Release() => (Interlocked.Exchange(ref _gate, null) ?? throw new InvalidOperationException("Hold first.")).SetResult();

        public void WriteBehind(Numbered state) => (Stored, _version) = (state, _version + 1);

        public async Task WriteStateAsync()
        {
            MostAtOnce = Math.Max(MostAtOnce, ++_now);
            try
            {
                Writes++;
                var written = Copy(State);
                var fails = Writes == FailAt;
                await (_gate?.Task ?? Task.CompletedTask);
                if (fails)
                {
                    throw new IOException("The store is down.");
                }

                if (_read != _version || AlwaysBehind)
                {
                    throw new InconsistentStateException("Another activation wrote.");
                }

                (Stored, _version, _read) = (written, _version + 1, _version + 1);
            }
            finally
            {
                _now--;
            }
        }

        public Task ReadStateAsync()
        {
            if (FailRead)
            {
                FailRead = false;
                throw new IOException("The store is down.");
            }

            (State, _read) = (Copy(Stored), _version);
            return Task.CompletedTask;
        }

        public Task ClearStateAsync() => throw new NotSupportedException("Nobody clears it.");

        private static Numbered Copy(Numbered state) => new() { Numbers = [.. state.Numbers], Count = state.Count };
    }
}
