using System.Collections.Immutable;
using CsCheck;
using Orkestron.Domain.Tasks;
using Orkestron.Grains.Tasks;
using Orkestron.Grains.Tests.Common;

namespace Orkestron.Grains.Tests.Tasks;

/// <summary>Pages of a list, filtered in any way, are together what one look at all tasks would find.</summary>
public sealed class TaskListTests
{
    private static readonly string[] States = ["completed", "failed", "canceled", "working"];
    private static readonly Guid Owner = Guid.NewGuid();

    [Fact]
    public Task Pages_FilteredInAnyWay_HaveEachTaskOnceNewestFirst()
    {
        // Few instants, so that many tasks have the same one.
        var task = Gen.Select(Gen.Guid, Gen.Int[0, 3], Gen.Int[0, 2], Gen.Long[0, 5], Gen.Bool);
        var filter = Gen.Select(Gen.Int[-1, 3], Gen.Int[0, 3].HashSet[0, 3], Gen.Int[-1, 2], Gen.Int[1, 4]);
        return Gen.Select(task.Array[0, 30], filter).SampleAsync(async (tasks, asked) =>
        {
            var (state, any, agent, limit) = asked;
            var journal = new MemoryJournal();
            foreach (var (id, at, work, created, mine) in tasks)
            {
                journal.Tamper(TaskRows.Table.Put(
                    id.ToString("N"), (mine ? Owner : Guid.Empty).ToString("N"), $"a/{work}", States[at], created, null, 1L, 1L, null,
                    null));
            }

            var query = new TaskQuery(Owner, state < 0 ? null : States[state], agent < 0 ? null : $"a/{agent}", null, limit)
            {
                AnyOf = [.. any.Select(static each => States[each])],
            };
            var expected = tasks
                .Where(each => each.Item5 && (state < 0 || each.Item2 == state) && (any.Count == 0 || any.Contains(each.Item2))
                    && (agent < 0 || each.Item3 == agent))
                .DistinctBy(static each => each.Item1)
                .OrderByDescending(static each => each.Item4)
                .ThenByDescending(static each => each.Item1.ToString("N"), StringComparer.Ordinal)
                .Select(static each => each.Item1);

            var found = ImmutableArray.CreateBuilder<Guid>();
            var grain = new TaskListGrain(journal);
            TaskPage page;
            do
            {
                page = await grain.MineAsync(query);
                Assert.True(page.Items.Length <= limit);
                found.AddRange(page.Items.Select(static item => item.Id));
                query = query with { After = page.Next };
            }
            while (page.Next is not null);

            Assert.Equal(expected, found);
        });
    }
}
