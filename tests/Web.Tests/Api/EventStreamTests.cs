using System.Net;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Orkestron.Contracts.Tasks;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Api;

/// <summary>Watching by server-sent events and by the hub: the same events, without gap and without duplicate.</summary>
public sealed class EventStreamTests(WebNode node)
{
    [Fact]
    public async Task Stream_FromTheStart_IsWholeAndCarriesIds()
    {
        using var guest = await node.GuestAsync();
        using var answer = await guest.SubmitAsync(new { agent = ApiClient.Keywords, input = new { text = "Watch me." } });
        var task = await ApiClient.ReadAsync<TaskDetail>(answer, HttpStatusCode.Accepted);

        var events = await guest.EventsAsync(task.Id).ToListAsync(ApiClient.Stop);

        var journaled = events.Where(each => !each.Event.Transient).ToArray();
        Assert.Equal(Enumerable.Range(1, journaled.Length).Select(n => (long)n), journaled.Select(each => each.Event.Sequence));
        Assert.All(journaled, each => Assert.Equal(each.Event.Sequence.ToString(), each.Id));
        Assert.Equal("task.submitted", journaled[0].Event.Type);
        Assert.Equal("0.011", journaled[0].Event.Data.GetProperty("held").GetString());
        Assert.Equal("task.settled", journaled[^1].Event.Type);
    }

    [Fact]
    public async Task Stream_WithLastEventId_GoesOnAfterIt()
    {
        using var guest = await node.GuestAsync();
        var task = await guest.RunAsync("Come back.");

        var events = await guest.EventsAsync(task.Id, after: 0, lastEventId: "2").ToListAsync(ApiClient.Stop);

        Assert.Equal(3, events[0].Event.Sequence);
        Assert.Equal(task.Sequence, events[^1].Event.Sequence);
        Assert.Equal(task.Sequence - 2, events.Count);
    }

    [Fact]
    public async Task Stream_WithNothingLeft_TellsBrowsersToStopAsking()
    {
        using var guest = await node.GuestAsync();
        var task = await guest.RunAsync("All seen.");

        using var answer = await guest.Http.GetAsync(
            new Uri($"tasks/{task.Id}/events?after={task.Sequence}", UriKind.Relative), ApiClient.Stop);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Theory]
    [InlineData("999999")]
    [InlineData("9223372036854775807")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    [InlineData("zzz")]
    public async Task Stream_AfterWhatHasNotHappened_Is400(string after)
    {
        using var guest = await node.GuestAsync();
        var task = await guest.RunAsync("Only so many events.");
        foreach (var accept in new[] { "text/event-stream", "application/json" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"tasks/{task.Id}/events");
            request.Headers.Accept.ParseAdd(accept);
            request.Headers.Add("Last-Event-ID", after);

            using var answer = await guest.Http.SendAsync(request, ApiClient.Stop);

            var problem = await ApiClient.ProblemAsync(answer, 400, "invalid");
            Assert.Contains("last event you received, or 0 for all", problem.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Watch_AfterWhatHasNotHappened_IsRefused()
    {
        using var guest = await node.GuestAsync();
        var task = await guest.RunAsync("Only so many events.");
        await using var hub = await ConnectAsync((await guest.CreateKeyAsync("read")).Key);

        var refused = await Assert.ThrowsAsync<HubException>(() => hub
            .StreamAsync<TaskEvent>("Watch", task.Id.ToString(), 999_999L, ApiClient.Stop).ToListAsync(ApiClient.Stop).AsTask());

        Assert.Contains("invalid:", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_OfAllEvents_IsWhole()
    {
        using var guest = await node.GuestAsync();
        var task = await guest.SettledAsync(ApiClient.Research);

        var events = await guest.GetAsync<TaskEvent[]>($"/tasks/{task.Id}/events.json");

        Assert.Equal(Enumerable.Range(1, (int)task.Sequence).Select(static each => (long)each), events.Select(each => each.Sequence));
    }

    [Fact]
    public async Task Events_AsJson_ComeAsAPage()
    {
        using var guest = await node.GuestAsync();
        var task = await guest.RunAsync("As a page.");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"tasks/{task.Id}/events?after=1&limit=2");
        request.Headers.Accept.ParseAdd("application/json");

        using var answer = await guest.Http.SendAsync(request, ApiClient.Stop);

        var page = await ApiClient.ReadAsync<TaskEventList>(answer, HttpStatusCode.OK);
        Assert.Equal([2L, 3L], page.Items.Select(each => each.Sequence));
        Assert.Equal((task.Sequence, true), (page.Last, page.Ended));
    }

    [Fact]
    public async Task Watch_ByManyViewersAtOnce_GivesEachTheWholeTask()
    {
        using var guest = await node.GuestAsync();
        var key = await guest.CreateKeyAsync("read");
        await using var hub = await ConnectAsync(key.Key);
        using var answer = await guest.SubmitAsync(new { agent = ApiClient.Keywords, input = new { text = "Watch me." } });
        var task = await ApiClient.ReadAsync<TaskDetail>(answer, HttpStatusCode.Accepted);

        var viewers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => hub
            .StreamAsync<TaskEvent>("Watch", task.Id.ToString(), (long)(n % 3), ApiClient.Stop)
            .ToListAsync(ApiClient.Stop).AsTask()));

        for (var n = 0; n < viewers.Length; n++)
        {
            var sequences = viewers[n].Where(each => !each.Transient).Select(each => each.Sequence).ToArray();
            Assert.Equal(Enumerable.Range((n % 3) + 1, sequences.Length).Select(each => (long)each), sequences);
            Assert.Equal("task.settled", viewers[n][^1].Type);
        }
    }

    [Fact]
    public async Task Watch_OfAForeignTask_IsNotFound()
    {
        using var owner = await node.GuestAsync();
        using var stranger = await node.GuestAsync();
        var task = await owner.RunAsync("Mine.");
        await using var hub = await ConnectAsync((await stranger.CreateKeyAsync("read")).Key);

        var refused = await Assert.ThrowsAsync<HubException>(() => hub
            .StreamAsync<TaskEvent>("Watch", task.Id.ToString(), 0L, ApiClient.Stop).ToListAsync(ApiClient.Stop).AsTask());

        Assert.Contains("not_found:", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hub_WithoutSignIn_IsClosed()
    {
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => ConnectAsync(null));

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task Hub_FromAnotherSite_IsClosed()
    {
        using var guest = await node.GuestAsync();
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(node.Address, "/hubs/tasks/negotiate?negotiateVersion=1"));
        request.Headers.Add("Origin", "https://evil.example");

        using var answer = await guest.Http.SendAsync(request, ApiClient.Stop);

        await ApiClient.ProblemAsync(answer, 403, "cross_origin");
    }

    private async Task<HubConnection> ConnectAsync(string? key)
    {
        var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(node.Address, "/hubs/tasks"), options => options.AccessTokenProvider = () => Task.FromResult(key))
            .Build();
        await hub.StartAsync(ApiClient.Stop);
        return hub;
    }
}
