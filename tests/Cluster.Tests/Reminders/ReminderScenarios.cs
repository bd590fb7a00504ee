using Orkestron.Cluster.Tests.Hosting;

namespace Orkestron.Cluster.Tests.Reminders;

/// <summary>One suite for every store: what the reminder service may expect of its table.</summary>
public abstract class ReminderScenarios(StoreNode node)
{
    private static readonly GrainType Ringed = GrainType.Create("ringed");

    private static readonly DateTime Start = new DateTime(2031, 2, 3, 4, 5, 6, DateTimeKind.Utc).AddMilliseconds(789);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IReminderTable Table => node.Reminders;

    [Fact]
    public async Task ReadRow_NeverWritten_IsNull()
    {
        Assert.Null(await Table.ReadRow(NewGrain(), "none", Cancellation));
        Assert.Empty((await Table.ReadRows(NewGrain(), Cancellation)).Reminders);
    }

    [Fact]
    public async Task Upsert_Always_IsReadBackAndSurvivesARestart()
    {
        var grain = NewGrain();
        var first = await UpsertAsync(grain, "wake", Start, TimeSpan.FromMinutes(5));
        var second = await UpsertAsync(grain, "wake", Start.AddDays(1), TimeSpan.FromDays(40));

        Assert.NotEqual(first, second);
        await node.RestartAsync();
        var read = await Table.ReadRow(grain, "wake", Cancellation);
        Assert.NotNull(read);
        Assert.Equal((grain, "wake", second), (read.GrainId, read.ReminderName, read.ETag));
        Assert.Equal((Start.AddDays(1), TimeSpan.FromDays(40)), (read.StartAt.ToUniversalTime(), read.Period));
    }

    [Fact]
    public async Task ReadRows_OfAGrain_AreItsOwnOnly()
    {
        var (one, other) = (NewGrain(), NewGrain());
        await UpsertAsync(one, "b");
        await UpsertAsync(one, "a");
        await UpsertAsync(other, "a");

        var rows = (await Table.ReadRows(one, Cancellation)).Reminders;

        Assert.Equal(["a", "b"], rows.Select(row => row.ReminderName).Order());
        Assert.All(rows, row => Assert.Equal(one, row.GrainId));
    }

    [Fact]
    public async Task ReadRows_OfARange_ExcludeItsBeginAndWrapAround()
    {
        var grains = Enumerable.Range(0, 40).Select(_ => NewGrain(Ringed)).OrderBy(each => each.GetUniformHashCode()).ToArray();
        foreach (var grain in grains)
        {
            await UpsertAsync(grain, "wake");
        }

        var (low, high) = (grains[9].GetUniformHashCode(), grains[29].GetUniformHashCode());
        await AssertRangeAsync(grains[10..30], low, high);
        await AssertRangeAsync([.. grains[..10], .. grains[30..]], high, low);
        await AssertRangeAsync(grains[..10], 0, low);
        await AssertRangeAsync(grains[30..], high, uint.MaxValue);
        await AssertRangeAsync(grains, 0, uint.MaxValue);
        await AssertRangeAsync(grains, low, low);
        await AssertRangeAsync([], low, low + 1);
    }

    [Fact]
    public async Task ReadRows_BeyondAPage_AreAll()
    {
        var grain = NewGrain();
        await Task.WhenAll(Enumerable.Range(0, 1_203).Select(i => UpsertAsync(grain, $"wake {i:D4}")));

        var names = (await Table.ReadRows(0, 0, Cancellation)).Reminders.Where(row => row.GrainId == grain)
            .Select(row => row.ReminderName).Order();

        Assert.Equal(Enumerable.Range(0, 1_203).Select(i => $"wake {i:D4}"), names);
    }

    [Fact]
    public async Task Remove_WithAnOldETag_LeavesTheReminder()
    {
        var grain = NewGrain();
        var old = await UpsertAsync(grain, "wake");
        var current = await UpsertAsync(grain, "wake");

        Assert.False(await Table.RemoveRow(grain, "wake", old, Cancellation));
        Assert.Equal(current, (await Table.ReadRow(grain, "wake", Cancellation))?.ETag);
        Assert.True(await Table.RemoveRow(grain, "wake", current, Cancellation));
        Assert.Null(await Table.ReadRow(grain, "wake", Cancellation));
        Assert.False(await Table.RemoveRow(grain, "wake", current, Cancellation));
    }

    private static GrainId NewGrain(GrainType? type = null) =>
        GrainId.Create(type ?? GrainType.Create("sleeper"), IdSpan.Create(Guid.NewGuid().ToString("N")));

    private async Task AssertRangeAsync(GrainId[] expected, uint begin, uint end)
    {
        // The node itself and other tests keep reminders too.
        var rows = (await Table.ReadRows(begin, end, Cancellation)).Reminders.Where(row => row.GrainId.Type == Ringed);
        Assert.Equal(
            expected.Select(grain => grain.ToString()).Order(StringComparer.Ordinal),
            rows.Select(row => row.GrainId.ToString()).Order(StringComparer.Ordinal));
    }

    private async Task<string> UpsertAsync(GrainId grain, string name, DateTime? startAt = null, TimeSpan? period = null) =>
        (await Table.UpsertRow(
            new ReminderEntry
            {
                GrainId = grain,
                ReminderName = name,
                StartAt = startAt ?? Start,
                Period = period ?? TimeSpan.FromMinutes(1),
            },
            Cancellation))!;
}

public sealed class PostgresReminderTests(PostgresNode node) : ReminderScenarios(node), IClassFixture<PostgresNode>;

public sealed class EmbeddedReminderTests(EmbeddedNode node) : ReminderScenarios(node), IClassFixture<EmbeddedNode>;
