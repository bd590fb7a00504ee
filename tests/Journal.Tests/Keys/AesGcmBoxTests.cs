using System.Security.Cryptography;
using Orkestron.Journal.Keys;
using Xunit;

namespace Orkestron.Journal.Tests.Keys;

public sealed class AesGcmBoxTests
{
    private static readonly byte[] Context = [1, 2, 3];

    /// <summary>A thread keeps its last cipher: whatever was opened before, each key opens its own boxes and no others.</summary>
    [Fact]
    public void Boxes_OfManyKeysInAnyOrder_OpenUnderTheirOwnKeyOnly()
    {
        var keys = Enumerable.Range(0, 3).Select(static _ => RandomNumberGenerator.GetBytes(32)).ToArray();
        var random = new Random(20261130);
        for (var i = 0; i < 300; i++)
        {
            var (own, other) = (keys[random.Next(3)], keys[random.Next(3)]);
            var content = RandomNumberGenerator.GetBytes(random.Next(50));
            var box = AesGcmBox.Seal(own, content, Context);

            if (other == own)
            {
                Assert.Equal(content, AesGcmBox.Open(other, box, Context));
            }
            else
            {
                Assert.ThrowsAny<CryptographicException>(() => AesGcmBox.Open(other, box, Context));
                Assert.Equal(content, AesGcmBox.Open(own.ToArray(), box, Context));
            }
        }
    }

    [Fact]
    public void Box_AfterOneThatWasChanged_StillOpens()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var box = AesGcmBox.Seal(key, [7, 8], Context);
        var changed = box.ToArray();
        changed[^1] ^= 1;

        Assert.ThrowsAny<CryptographicException>(() => AesGcmBox.Open(key, changed, Context));
        Assert.ThrowsAny<CryptographicException>(() => AesGcmBox.Open(key, box, [1, 2]));
        Assert.Equal<byte>([7, 8], AesGcmBox.Open(key, box, Context));
    }

    [Fact]
    public void Boxes_OnManyThreads_OpenUnderTheKeysTheyShare()
    {
        var keys = Enumerable.Range(0, 2).Select(static _ => RandomNumberGenerator.GetBytes(32)).ToArray();

        Parallel.For(0, 2_000, i =>
        {
            var key = keys[i % 2];
            var content = BitConverter.GetBytes(i);
            Assert.Equal(content, AesGcmBox.Open(key, AesGcmBox.Seal(key, content, Context), Context));
        });
    }
}
