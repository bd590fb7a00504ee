using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Orkestron.Contracts.Artifacts;
using Orkestron.Contracts.Common;
using Orkestron.Contracts.Tasks;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Api;

/// <summary>Files over HTTP: up, in parts down, listed, deleted, given to an agent.</summary>
public sealed class ArtifactTests(WebNode node)
{
    private const string Csv = "region;amount\nNorth;2\nSouth;5\n";

    [Fact]
    public async Task Upload_ThenDownload_IsTheSameAndAnAttachment()
    {
        using var guest = await node.GuestAsync();
        var bytes = new byte[300_000];
        new Random(7).NextBytes(bytes);

        var artifact = await UploadAsync(guest, bytes, "application/x-thing", "über mich.bin");

        Assert.Equal(("über mich.bin", "application/x-thing", 300_000L), (artifact.Name, artifact.MediaType, artifact.Size));
        using var answer = await guest.Http.GetAsync(Path($"artifacts/{artifact.Id}"), ApiClient.Stop);
        Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync(ApiClient.Stop));
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("über mich.bin", answer.Content.Headers.ContentDisposition?.FileNameStar);
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("no-store", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        Assert.Equal(artifact, await guest.GetAsync<Artifact>($"artifacts/{artifact.Id}/info"));
        Assert.Equal(artifact, await UploadAsync(guest, bytes, "text/plain", "again"));
    }

    [Fact]
    public async Task Download_OfAPart_IsThatPart()
    {
        using var guest = await node.GuestAsync();
        var bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 40_000).Select(i => $"{i:00000}")));
        var artifact = await UploadAsync(guest, bytes, "text/plain", "numbers.txt");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"artifacts/{artifact.Id}");
        request.Headers.Range = new RangeHeaderValue(131_000, 131_099);

        using var answer = await guest.Http.SendAsync(request, ApiClient.Stop);

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(bytes[131_000..131_100], await answer.Content.ReadAsByteArrayAsync(ApiClient.Stop));
    }

    [Fact]
    public async Task Upload_OfJson_IsNotReadAsARequest()
    {
        using var guest = await node.GuestAsync();

        var artifact = await UploadAsync(guest, "{ not json"u8.ToArray(), "application/json", "odd.json");

        Assert.Equal(10, artifact.Size);
    }

    [Fact]
    public async Task Upload_OverTheLimit_IsAProblem()
    {
        using var guest = await node.GuestAsync();
        using var content = new ByteArrayContent(new byte[(20 << 20) + 1]);

        using var answer = await guest.Http.PostAsync(Path("artifacts?name=large"), content, ApiClient.Stop);

        await ApiClient.ProblemAsync(answer, 413, "too_large");
        Assert.Empty((await guest.GetAsync<ArtifactList>("artifacts")).Items);
    }

    [Fact]
    public async Task Upload_OfAForm_SaysWhatToSend()
    {
        using var guest = await node.GuestAsync();
        using var form = new MultipartFormDataContent { { new StringContent("x"), "file", "x.txt" } };

        using var answer = await guest.Http.PostAsync(Path("artifacts"), form, ApiClient.Stop);

        var problem = await ApiClient.ProblemAsync(answer, 415, "unsupported_media_type");
        Assert.Contains("the file itself", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Artifact_OfAnother_DoesNotExist()
    {
        using var owner = await node.GuestAsync();
        using var other = await node.GuestAsync();
        using var visitor = node.Visitor();
        var artifact = await UploadAsync(owner, "mine"u8.ToArray(), "text/plain", "mine.txt");

        using var foreign = await other.Http.GetAsync(Path($"artifacts/{artifact.Id}"), ApiClient.Stop);
        using var unknown = await other.Http.GetAsync(Path($"artifacts/{Guid.NewGuid()}"), ApiClient.Stop);
        using var nobody = await visitor.Http.GetAsync(Path($"artifacts/{artifact.Id}"), ApiClient.Stop);
        using var given = await other.SubmitAsync(Analyse(artifact.Id));
        using var made = await other.SubmitAsync(Analyse(Guid.NewGuid()));

        var told = await ApiClient.ProblemAsync(foreign, 404, "not_found");
        Assert.Equal((await ApiClient.ProblemAsync(unknown, 404, "not_found")).Detail, told.Detail);
        await ApiClient.ProblemAsync(nobody, 401, "sign_in_required");
        var refused = await ApiClient.ProblemAsync(given, 422, "input_invalid");
        Assert.Equal("#/input/file", Assert.Single(refused.Errors!).Pointer);
        Assert.Equal((await ApiClient.ProblemAsync(made, 422, "input_invalid")).Detail, refused.Detail);
        var wallet = await other.WalletAsync();
        Assert.Equal(0, wallet.Held.Micro);
    }

    [Fact]
    public async Task Task_GivenAFile_ReadsItAndSaysSo()
    {
        using var guest = await node.GuestAsync();
        var artifact = await UploadAsync(guest, Encoding.UTF8.GetBytes(Csv), "text/csv", "sales.csv");

        var task = await guest.SettledAsync(Analyse(artifact.Id));

        Assert.Equal("completed", task.State);
        Assert.Equal("""[[7]]""", JsonSerializer.Serialize(task.Result!.Value.GetProperty("rows")));
        var shared = Assert.Single((await guest.GetAsync<ListOf<Disclosure>>($"tasks/{task.Id}/disclosures")).Items);
        var file = Assert.Single(shared.Files);
        Assert.Equal((ArtifactReference.Of(artifact.Id), false), (file.Artifact, file.Made));
        Assert.NotNull(file.At);
        var opened = await OpenedAsync(guest, task.Id);
        Assert.Equal(ArtifactReference.Of(artifact.Id), opened.Data.GetProperty("artifact").GetString());

        // The task has ended: the file may go, and then it is gone.
        using var deleted = await guest.Http.DeleteAsync(Path($"artifacts/{artifact.Id}"), ApiClient.Stop);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var again = await guest.Http.DeleteAsync(Path($"artifacts/{artifact.Id}"), ApiClient.Stop);
        await ApiClient.ProblemAsync(again, 404, "not_found");
        using var missing = await guest.SubmitAsync(Analyse(artifact.Id));
        await ApiClient.ProblemAsync(missing, 422, "input_invalid");
    }

    [Fact]
    public async Task Delete_WhileATaskUsesIt_IsAConflict()
    {
        using var guest = await node.GuestAsync();
        var artifact = await UploadAsync(guest, Encoding.UTF8.GetBytes(Csv), "text/csv", "sales.csv");
        // Waits for its owner before it reads.
        using var submitted = await guest.SubmitAsync(new
        {
            agent = "orkestron/workflow",
            input = new
            {
                plan = new { steps = new object[] { new { id = "ask", approve = new { prompt = "Go?" } } } },
                input = new { file = ArtifactReference.Of(artifact.Id) },
            },
        });
        var task = await ApiClient.ReadAsync<TaskDetail>(submitted, HttpStatusCode.Accepted);

        using var refused = await guest.Http.DeleteAsync(Path($"artifacts/{artifact.Id}"), ApiClient.Stop);
        Assert.True((await guest.GetAsync<Artifact>($"artifacts/{artifact.Id}/info")).InUse);
        using var canceled = await guest.PostAsync($"tasks/{task.Id}/cancel", "");
        await foreach (var _ in guest.EventsAsync(task.Id))
        {
            // Until it is settled.
        }

        using var deleted = await guest.Http.DeleteAsync(Path($"artifacts/{artifact.Id}"), ApiClient.Stop);

        var problem = await ApiClient.ProblemAsync(refused, 409, "conflict");
        Assert.Contains(task.Id.ToString(), problem.Detail, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    [Fact]
    public async Task StepAddress_ThatIsNone_DoesNotExist()
    {
        using var visitor = node.Visitor();

        using var answer = await visitor.Http.GetAsync(Path("steps/artifacts/bm8gdG9rZW4"), ApiClient.Stop);

        await ApiClient.ProblemAsync(answer, 404, "not_found");
    }

    private static object Analyse(Guid id) => new
    {
        agent = "orkestron/csv-analyst",
        input = new { file = ArtifactReference.Of(id), mode = "query", sql = "SELECT sum(amount) FROM data" },
    };

    private static async Task<TaskEvent> OpenedAsync(ApiClient guest, Guid taskId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"tasks/{taskId}/events");
        request.Headers.Accept.ParseAdd("application/json");
        using var answer = await guest.Http.SendAsync(request, ApiClient.Stop);
        var page = await ApiClient.ReadAsync<TaskEventList>(answer, HttpStatusCode.OK);
        return page.Items.Single(each => each.Type == "step.opened");
    }

    private static async Task<Artifact> UploadAsync(ApiClient client, byte[] bytes, string mediaType, string name)
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using var answer = await client.Http.PostAsync(Path($"artifacts?name={Uri.EscapeDataString(name)}"), content, ApiClient.Stop);
        return await ApiClient.ReadAsync<Artifact>(answer, HttpStatusCode.Created);
    }

    private static Uri Path(string path) => new(path, UriKind.Relative);
}
