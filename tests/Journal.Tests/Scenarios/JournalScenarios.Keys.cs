using System.Security.Cryptography;
using System.Text;
using Orkestron.Journal.Tests.Stores;

namespace Orkestron.Journal.Tests.Scenarios;

public abstract partial class JournalScenarios
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("what only Ada may read");

    [Fact]
    public async Task Seal_ThenReopen_IsReadUnderTheSameKey()
    {
        byte[] box;
        await using (var first = await StartAsync())
        {
            box = await first.Sealer.SealAsync("user/ada", "task/1", Secret);
        }

        await using var second = await StartAsync();
        Assert.Equal(Secret, await second.Sealer.OpenAsync("user/ada", "task/1", box));
        Assert.Equal(-1, box.AsSpan().IndexOf(Secret));
    }

    [Fact]
    public async Task Seal_OpenedElsewhere_IsRefused()
    {
        await using var under = await StartAsync();
        var box = await under.Sealer.SealAsync("user/ada", "task/1", Secret);
        await under.Sealer.SealAsync("user/bob", "task/1", Secret);

        await Assert.ThrowsAnyAsync<CryptographicException>(async () => await under.Sealer.OpenAsync("user/ada", "task/2", box));
        await Assert.ThrowsAnyAsync<CryptographicException>(async () => await under.Sealer.OpenAsync("user/bob", "task/1", box));
        await Assert.ThrowsAnyAsync<CryptographicException>(async () => await under.Sealer.OpenAsync("user/eve", "task/1", box));
        box[20] ^= 1;
        await Assert.ThrowsAnyAsync<CryptographicException>(async () => await under.Sealer.OpenAsync("user/ada", "task/1", box));
    }

    [Fact]
    public async Task Destroy_Always_MakesContentUnreadableForEver()
    {
        byte[] box;
        await using (var first = await StartAsync())
        {
            box = await first.Sealer.SealAsync("user/ada", "task/1", Secret);
            await first.Keys.DestroyAsync("user/ada", Cancellation);
            await first.Keys.DestroyAsync("user/ada", Cancellation);

            Assert.Null(await first.Sealer.OpenAsync("user/ada", "task/1", box));
            await Assert.ThrowsAsync<SubjectErasedException>(
                async () => await first.Sealer.SealAsync("user/ada", "task/1", Secret));
        }

        await using var second = await StartAsync();
        Assert.Null(await second.Sealer.OpenAsync("user/ada", "task/1", box));
        Assert.Null(await second.Keys.GetOrCreateAsync("user/ada", Cancellation));
    }

    [Fact]
    public async Task GetOrCreate_FromManyAtOnce_MakesOneKey()
    {
        await using var under = await StartAsync();

        var keys = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => under.Keys.GetOrCreateAsync("user/ada", Cancellation).AsTask()));

        Assert.Single(keys.Select(key => Convert.ToHexString(key!)).Distinct());
        Assert.NotEqual(keys[0], await under.Keys.GetOrCreateAsync("user/bob", Cancellation));
    }

    [Fact]
    public async Task Start_WithAnotherMasterKey_SaysSo()
    {
        await (await StartAsync()).DisposeAsync();

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(
            options => options.MasterKeyBase64 = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));

        Assert.Contains("not the master key", fault.Message, StringComparison.Ordinal);
    }
}
