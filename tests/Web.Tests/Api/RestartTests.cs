using Orkestron.Contracts.Tasks;
using Orkestron.Contracts.Users;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Api;

/// <summary>What a restart on the same folder keeps. On a node of its own.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task Node_Restarted_KeepsSessionsKeysTasksAndTokens()
    {
        await using var node = new WebNode();
        await node.InitializeAsync();
        using var guest = await node.GuestAsync();
        var key = await guest.CreateKeyAsync("read");
        var task = await guest.RunAsync("Survive.");
        var wallet = await guest.WalletAsync();

        await node.StopAsync();
        await node.StartAsync(node.Address.ToString());

        using var program = new ApiClient(node.Address, key.Key);
        Assert.Equal(guest.UserId, (await guest.GetAsync<Account>("account")).UserId);
        Assert.Equal(wallet, await program.WalletAsync());
        var again = await program.GetAsync<TaskDetail>($"tasks/{task.Id}");
        Assert.Equal(task.Result!.Value.GetRawText(), again.Result!.Value.GetRawText());
    }
}
