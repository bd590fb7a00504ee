using System.IO.Compression;
using Orkestron.Contracts.Common;
using Orkestron.Contracts.Tasks;
using Orkestron.Contracts.Wallets;
using Orkestron.Tests.Shared;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Upgrade;

/// <summary>
/// Stores as an earlier build left them, in a folder and in a database: a guest with an API key, a task that is completed, one
/// that was rejected, and two plans that wait for an answer and whose deadline has passed since.
/// </summary>
public sealed class UpgradeTests
{
    [Theory]
    [InlineData("sqlite-2026-11-30", "ork_k-6aXb62JdN1U2JZGY2ESoOMAKwfRfMdrzYWJ4vTIUU")]
    [InlineData("postgresql-2026-11-30", "ork_4axynGsstN9sCslGuhgdAjO8Dyzld8wlKMi6ToyxBDg")]
    public async Task Store_OfAnEarlierBuild_IsReadAndItsTasksGoOnToTheirEnd(string store, string key)
    {
        await using var node = new WebNode();
        await ZipFile.ExtractToDirectoryAsync(
            Path.Combine(AppContext.BaseDirectory, "Upgrade", $"{store}.zip"), node.Folder, ApiClient.Stop);
        var dump = Path.Combine(node.Folder, "dump.sql");
        await using var database = File.Exists(dump) ? await TestDatabase.CreateAsync("upgrade") : null;
        if (database is not null)
        {
            await database.RunAsync(await File.ReadAllTextAsync(dump, ApiClient.Stop));
        }

        await node.StartAsync(null, database is null ? [] : ["--ConnectionStrings:Orkestron", database.ConnectionString]);
        using var guest = new ApiClient(node.Address, key);
        var listed = (await guest.GetAsync<ListOf<TaskListItem>>("tasks")).Items;
        var tasks = new List<TaskDetail>();
        foreach (var item in listed)
        {
            tasks.Add(await guest.GetAsync<TaskDetail>($"tasks/{item.Id}?wait=60"));
        }

        Assert.Equal(["rejected", "failed", "failed", "completed"], tasks.Select(static task => task.State));
        Assert.All(tasks, static task => Assert.True(task.Cost.Settled));
        Assert.Equal(["script_failed", "deadline_passed", "deadline_passed", null], tasks.Select(static task => task.FailureCode));
        Assert.Contains("upgrades", tasks[3].Result!.Value.GetRawText(), StringComparison.Ordinal);
        var wallet = await guest.WalletAsync();
        var charged = tasks.Sum(static task => task.Cost.Charged.Micro);
        Assert.Equal((20_000_000 - charged, 0L), (wallet.Available.Micro, wallet.Held.Micro));
        var entries = await guest.GetAsync<ListOf<WalletEntry>>("wallet/entries");
        Assert.Equal(9, entries.Items.Count);
        Assert.All(entries.Items, static entry => Assert.Equal(0, entry.Postings.Sum(static posting => posting.Amount.Micro)));

        var again = await guest.RunAsync("What is new runs beside it.");
        Assert.Equal("completed", again.State);
    }
}
