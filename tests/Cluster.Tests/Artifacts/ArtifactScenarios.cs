using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orkestron.Cluster.Tests.Hosting;
using Orkestron.Contracts.Artifacts;
using Orkestron.Domain;
using Orkestron.Domain.Artifacts;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Artifacts;
using Orkestron.Journal;
using Orkestron.Silo.Artifacts;

namespace Orkestron.Cluster.Tests.Artifacts;

public sealed class PostgresArtifactTests(PostgresNode node) : ArtifactScenarios(node), IClassFixture<PostgresNode>;

public sealed class EmbeddedArtifactTests(EmbeddedNode node) : ArtifactScenarios(node), IClassFixture<EmbeddedNode>;

/// <summary>One suite for every store: what is promised of files, on a node as the product starts it.</summary>
public abstract class ArtifactScenarios(StoreNode node)
{
    private const int TwentyMegabytes = 20_000_000;

    private readonly Guid _owner = Ids.New();

    private ArtifactFiles Files => node.Services.GetRequiredService<ArtifactFiles>();

    private IFileStore Store => node.Services.GetRequiredService<IFileStore>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Save_TwentyMegabytes_KeepsLittleInMemoryAndComesBack()
    {
        var ahead = 0L;
        using var content = new Letters(TwentyMegabytes)
        {
            OnRead = async read => ahead = Math.Max(ahead, read % 1_000_000 < 65_536 ? read - await StoredAsync() : 0),
        };

        var saved = await SaveAsync(content, "figures.csv", "text/csv; charset=utf-8");

        Assert.Equal(("figures.csv", "text/csv", (long)TwentyMegabytes), (saved.Name, saved.MediaType, saved.Size));
        Assert.True(ahead <= 1 << 20, $"{ahead:N0} bytes were read ahead of the store.");
        await using var opened = (await Files.OpenAsync(_owner, saved.Id)).Value!.Content;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[100_003];
        var total = 0L;
        for (int read; (read = await opened.ReadAsync(buffer, Stop)) > 0; total += read)
        {
            hash.AppendData(buffer, 0, read);
        }

        Assert.Equal(TwentyMegabytes, total);
        Assert.Equal(saved.Sha256, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    [Fact]
    public async Task Open_OfAFileDeletedMeanwhile_HasReadLittleAhead()
    {
        var saved = await SaveAsync(new Letters(3_000_000));
        await using var opened = (await Files.OpenAsync(_owner, saved.Id)).Value!.Content;
        var buffer = new byte[65_536];
        var total = (long)await opened.ReadAsync(buffer, Stop);
        Assert.Null(await Files.DeleteAsync(_owner, saved.Id));

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            for (int read; (read = await opened.ReadAsync(buffer, Stop)) > 0; total += read)
            {
                Assert.True(total <= 1 << 20, "A deleted file was read on.");
            }
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(600_000)]
    public async Task Save_OfAnySize_ComesBackFromAnyPlace(int size)
    {
        var bytes = RandomNumberGenerator.GetBytes(size);
        var saved = await SaveAsync(new MemoryStream(bytes));

        await using var opened = (await Files.OpenAsync(_owner, saved.Id)).Value!.Content;

        Assert.Equal(bytes, await ReadAsync(opened));
        foreach (var place in new[] { 0, size / 2, Math.Max(0, size - 1), size })
        {
            opened.Position = place;
            Assert.Equal(bytes[place..], await ReadAsync(opened));
        }
    }

    [Fact]
    public async Task Save_ThatBreaksOff_LeavesNothing()
    {
        using var torn = new Letters(3_000_000) { BreaksAt = 2_000_000 };

        await Assert.ThrowsAsync<IOException>(() => Files.SaveAsync(_owner, "torn", null, torn, null, null, Stop));

        Assert.Empty((await Files.ListAsync(_owner, null, 100)).Items);
        Assert.Equal(0, await StoredAsync());
        Assert.DoesNotContain(await UnfinishedAsync(), each => each.Subject == _owner.ToString("N"));
    }

    [Fact]
    public async Task Save_WhoseNodeIsLost_IsUnreadableAndSwept()
    {
        // What a crash leaves: chunks without an owner.
        var left = await Store.WriteAsync(_owner.ToString("N"), new Letters(200_000), 1_000_000, Stop);
        var kept = await SaveAsync(new Letters(100_000) { Seed = 5 });
        Assert.Null(await Files.FindAsync(_owner, left.ContentId));

        Assert.Equal(0, await Files.SweepAsync(Stop));
        var swept = await LaterAsync(TimeSpan.FromHours(2)).SweepAsync(Stop);

        Assert.Equal(1, swept);
        await Assert.ThrowsAsync<IOException>(async () => await ReadAsync(Store.Open(_owner.ToString("N"), left.FileId, left.Size)));
        await using var opened = (await Files.OpenAsync(_owner, kept.Id)).Value!.Content;
        Assert.Equal(100_000, (await ReadAsync(opened)).Length);
    }

    [Fact]
    public async Task Sweep_OfAFileTakenInButNotKept_KeepsIt()
    {
        var saved = await SaveAsync(new Letters(100_000));
        var view = await node.Services.GetRequiredService<IGrainFactory>().Get<IArtifactsGrain>(_owner).GetAsync(saved.Id);
        // As if the node was lost between the two.
        await Store.MarkForDeletionAsync(_owner.ToString("N"), view!.FileId);

        Assert.Equal(0, await LaterAsync(TimeSpan.FromHours(2)).SweepAsync(Stop));

        await using var opened = (await Files.OpenAsync(_owner, saved.Id)).Value!.Content;
        Assert.Equal(100_000, (await ReadAsync(opened)).Length);
    }

    [Fact]
    public async Task Open_ByAnother_IsAsIfItDidNotExist()
    {
        var saved = await SaveAsync(new Letters(1_000));
        var other = Ids.New();

        var foreign = await Files.OpenAsync(other, saved.Id);
        var unknown = await Files.OpenAsync(other, Guid.NewGuid());

        Assert.Equal(RefusalCode.NotFound, foreign.Refusal?.Code);
        Assert.Equal(unknown.Refusal, foreign.Refusal);
        Assert.Equal(RefusalCode.NotFound, (await Files.DeleteAsync(other, saved.Id))?.Code);
        // The same content is another file there: an id says nothing of others' files.
        var theirs = (await Files.SaveAsync(other, null, null, new Letters(1_000), null, null, Stop)).Value!;
        Assert.Equal(saved.Sha256, theirs.Sha256);
        Assert.NotEqual(saved.Id, theirs.Id);
    }

    [Fact]
    public async Task Save_SameContentTwice_IsOneFile()
    {
        var first = await SaveAsync(new Letters(300_000), "one.txt", "text/plain");

        var second = await SaveAsync(new Letters(300_000), "two.bin", null);

        Assert.Equal(first, second);
        var list = await Files.ListAsync(_owner, null, 100);
        Assert.Equal((1, 300_000L), (list.Items.Count, list.Bytes));
    }

    [Fact]
    public async Task Destroy_OfTheKey_MakesFilesUnreadable()
    {
        var saved = await SaveAsync(new Letters(200_000));
        var opened = (await Files.OpenAsync(_owner, saved.Id)).Value!.Content;
        await node.Services.GetRequiredService<ISubjectKeys>().DestroyAsync(_owner.ToString("N"), Stop);

        Assert.Equal(RefusalCode.NotFound, (await Files.OpenAsync(_owner, saved.Id)).Refusal?.Code);
        await Assert.ThrowsAsync<IOException>(async () => await ReadAsync(opened));
        var again = await Files.SaveAsync(_owner, null, null, new Letters(10), null, null, Stop);
        Assert.Equal(RefusalCode.NotFound, again.Refusal?.Code);
        await node.RestartAsync();
        Assert.Equal(RefusalCode.NotFound, (await Files.OpenAsync(_owner, saved.Id)).Refusal?.Code);
    }

    [Fact]
    public async Task Save_OverTheLimit_IsRefusedAndLeavesNothing()
    {
        var most = Files.MaxFileBytes;

        var told = await Files.SaveAsync(_owner, null, null, Stream.Null, most + 1, null, Stop);
        var found = await Files.SaveAsync(_owner, null, null, new Letters((int)most + 1), null, null, Stop);

        Assert.Equal(RefusalCode.TooLarge, told.Refusal?.Code);
        Assert.Equal(RefusalCode.TooLarge, found.Refusal?.Code);
        Assert.Empty((await Files.ListAsync(_owner, null, 100)).Items);
    }

    [Fact]
    public async Task Save_WithoutRoom_IsRefusedUntilSomethingIsDeleted()
    {
        var quota = node.Services.GetRequiredService<IOptions<ArtifactOptions>>().Value;
        var before = quota.MaxUserBytes;
        quota.MaxUserBytes = 250_000;
        try
        {
            var first = await SaveAsync(new Letters(200_000));

            var full = await Files.SaveAsync(_owner, null, null, new Letters(100_000) { Seed = 1 }, null, null, Stop);
            Assert.Equal(RefusalCode.QuotaReached, full.Refusal?.Code);
            Assert.Null(await Files.DeleteAsync(_owner, first.Id));
            var fits = await Files.SaveAsync(_owner, null, null, new Letters(100_000) { Seed = 1 }, null, null, Stop);

            Assert.True(fits.Accepted);
            Assert.Equal(100_000, (await Files.ListAsync(_owner, null, 100)).Bytes);
        }
        finally
        {
            quota.MaxUserBytes = before;
        }
    }

    [Fact]
    public async Task List_OfManyFiles_ComesInPagesNewestFirst()
    {
        var saved = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            saved.Add((await SaveAsync(new Letters(100 + i) { Seed = i }, $"{i}.txt")).Id);
        }

        var first = await Files.ListAsync(_owner, null, 3);
        var second = await Files.ListAsync(_owner, first.Next, 3);

        saved.Reverse();
        Assert.Equal(saved, first.Items.Concat(second.Items).Select(file => file.Id));
        Assert.Null(second.Next);
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\temp\\a:b?.csv", "ab.csv")]
    [InlineData("line\nbreak\u0007.txt", "linebreak.txt")]
    [InlineData("...", "file")]
    [InlineData(null, "file")]
    public async Task Save_UnderAHostileName_GetsAHarmlessOne(string? name, string expected) =>
        Assert.Equal(expected, (await SaveAsync(new Letters(50), name, "not a type")).Name);

    private async Task<Artifact> SaveAsync(Stream content, string? name = null, string? mediaType = null)
    {
        var saved = await Files.SaveAsync(_owner, name, mediaType, content, null, null, Stop);
        Assert.True(saved.Accepted, saved.Refusal?.Detail);
        return saved.Value;
    }

    /// <summary>The same service when some time has passed.</summary>
    private ArtifactFiles LaterAsync(TimeSpan time) => new(
        Store,
        node.Services.GetRequiredService<ISealer>(),
        node.Services.GetRequiredService<IGrainFactory>(),
        new FakeTimeProvider(TimeProvider.System.GetUtcNow() + time),
        node.Services.GetRequiredService<IOptions<ArtifactOptions>>(),
        NullLogger<ArtifactFiles>.Instance);

    private Task<IReadOnlyList<UnfinishedFile>> UnfinishedAsync() => Store.UnfinishedAsync(TimeProvider.System.GetUtcNow(), Stop);

    /// <summary>How much stands in the store of what the owner's uploads have written so far.</summary>
    private async Task<long> StoredAsync()
    {
        var chunks = node.Services.GetServices<RowTable>().Single(each => each.Name == "file_chunks");
        var stored = 0L;
        foreach (var file in (await UnfinishedAsync()).Where(each => each.Subject == _owner.ToString("N")))
        {
            stored += 65_536 * await node.Services.GetRequiredService<IJournal>().CountAsync(
                chunks.Query().Where("file_id", RowTest.Is, file.FileId.ToString("N")), Stop);
        }

        return stored;
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var whole = new MemoryStream();
        await stream.CopyToAsync(whole, Stop);
        return whole.ToArray();
    }
}
