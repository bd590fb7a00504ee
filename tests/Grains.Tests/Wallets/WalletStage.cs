using Orkestron.Domain.Wallets;
using Orkestron.GrainInterfaces.Wallets;
using Orkestron.Grains.Tests.Common;

namespace Orkestron.Grains.Tests.Wallets;

/// <summary>A new user's wallet on the test silo.</summary>
internal sealed class WalletStage(TestSilo silo)
{
    public Guid UserId { get; } = Guid.NewGuid();

    public IWalletGrain Wallet => silo.Grains.GetGrain<IWalletGrain>(UserId);

    public string Stream => $"wallet/{UserId:N}";

    public Guid NewId() => Guid.CreateVersion7(silo.Clock.GetUtcNow());

    public async Task IssueAsync(long amount) =>
        Assert.True((await Wallet.IssueAsync(new IssueTokens(NewId(), amount, "test"))).Accepted);

    public async Task<HoldTokens> HoldAsync(long amount)
    {
        var command = new HoldTokens(NewId(), Guid.NewGuid(), amount);
        Assert.True((await Wallet.HoldAsync(command)).Accepted);
        return command;
    }

    public static SettleHold Settle(Guid holdId, params Share[] shares) =>
        new(holdId, [.. shares], shares.Length == 0 ? "canceled" : "completed");

    /// <summary>Deactivates the wallet and waits until another activation answers.</summary>
    public async Task ReactivateAsync()
    {
        await TestSilo.DeactivateAsync(Wallet);
        await Wallet.GetAsync();
    }

    /// <summary>Sends a command, whose answer may have been lost, until it is answered.</summary>
    public static async Task<T> InsistAsync<T>(Func<Task<T>> send)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                return await send();
            }
            catch (Exception) when (i < 200)
            {
                await Task.Yield();
            }
        }
    }
}
