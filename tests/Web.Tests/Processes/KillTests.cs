using System.Net;
using Orkestron.Contracts;
using Orkestron.Contracts.Tasks;
using Orkestron.Tests.Shared;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Processes;

/// <summary>A node killed in the middle of twenty tasks, again and again: each ends once and is charged once.</summary>
public sealed class KillTests
{
    private const int Tasks = 20;

    [Fact]
    public async Task Process_KilledAmongTwentyTasks_LosesNothingAndChargesOnce()
    {
        await using var node = new WebProcess(
            TimeSpan.FromSeconds(60), ("Logging__LogLevel__Default", "Error"));
        await node.StartAsync();
        using var guest = new ApiClient(node.Address);
        await guest.OpenGuestAsync();
        var text = string.Join(' ', Enumerable.Range(1, 60).Select(i => $"Sentence {i} tells of harbour {i % 7} and its {i * 3} ships."));
        var ids = new List<Guid>();
        for (var i = 0; i < Tasks; i++)
        {
            using var answer = await guest.SubmitAsync(
                new { agent = "orkestron/summariser", input = new { text = $"{text} Task {i}." } }, $"kill-{i}");
            ids.Add((await ApiClient.ReadAsync<TaskDetail>(answer, HttpStatusCode.Accepted)).Id);
        }

        using var script = await guest.SubmitAsync(
            new { agent = "orkestron/javascript-sandbox", input = new { code = "function main() { while (true) {} }" } });
        var endless = (await ApiClient.ReadAsync<TaskDetail>(script, HttpStatusCode.Accepted)).Id;
        await guest.SawAsync(endless, "step.started");
        var children = node.Children();
        Assert.NotEmpty(children);

        // The second kill falls while the first one's tasks resume.
        await node.KillAsync();
        await Polling.UntilAsync("the node's child processes ended with it", TimeSpan.FromSeconds(20), _ => Task.FromResult(
            !children.Any(static id => Directory.Exists($"/proc/{id}"))));
        await node.StartAsync();
        await node.KillAsync();
        await node.StartAsync();

        var charged = 0L;
        foreach (var (id, i) in ids.Select((id, i) => (id, i)))
        {
            var sequence = 0L;
            await foreach (var (_, told) in guest.EventsAsync(id))
            {
                if (!told.Transient)
                {
                    Assert.Equal(++sequence, told.Sequence);
                }
            }

            var task = await guest.GetAsync<TaskDetail>($"tasks/{id}");
            Assert.Equal("completed", task.State);
            charged += task.Cost.Charged.Micro;
            using var again = await guest.SubmitAsync(
                new { agent = "orkestron/summariser", input = new { text = $"{text} Task {i}." } }, $"kill-{i}");
            Assert.Equal(id, (await ApiClient.ReadAsync<TaskDetail>(again, HttpStatusCode.Accepted)).Id);
        }

        await foreach (var _ in guest.EventsAsync(endless))
        {
            // To its end, which costs nothing.
        }

        var wallet = await guest.WalletAsync();
        Assert.Equal((20_000_000 - charged, 0L), (wallet.Available.Micro, wallet.Held.Micro));
        Assert.Equal(Tasks * (charged / Tasks), charged);
    }
}
