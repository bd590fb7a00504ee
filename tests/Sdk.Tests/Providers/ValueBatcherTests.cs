using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Time.Testing;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Providers;
using Orkestron.Sdk.Providers;
using Orkestron.Tests.Shared;

namespace Orkestron.Sdk.Tests.Providers;

/// <summary>How values that a run has gone on with come to the platform, whatever release it is of.</summary>
public sealed class ValueBatcherTests : IAsyncLifetime
{
    private static readonly DateTimeOffset SentAt = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new();
    private readonly Told _told = new();
    private readonly TestPlatform<PlatformHub, Told> _platform;
    private readonly ValueBatcher _desk;
    private readonly RunningStep _step;

    public ValueBatcherTests()
    {
        _platform = new(_told, _clock);
        _desk = new ValueBatcher(_platform.Link, _clock);
        _step = new RunningStep(
            new StepAssignment("t", "a/b", "1", "task", 1, 1, 0, default, default, default) { Fresh = true, SentAt = SentAt }, _clock);
        Limit(64, 65_536);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _platform.StartAsync(Stop);

    public async ValueTask DisposeAsync()
    {
        _step.Dispose();
        await _platform.DisposeAsync();
    }

    [Fact]
    public async Task Values_TravelWithTheAnswer_InOrderAndWithTheirTimes()
    {
        await AddAsync("0", "1");
        _clock.Advance(TimeSpan.FromMilliseconds(7));
        await AddAsync("1", "2");

        await AnswerAsync();

        Assert.Equal(["Answer 0=1@0 1=2@7"], _told.Lines);
    }

    [Fact]
    public async Task Values_TravelAgain_UntilTheyAreConfirmed()
    {
        await AddAsync("0", "1");
        await AnswerAsync();
        await _desk.ConfirmAsync(_step, Stop);
        await AddAsync("1", "2");
        await AnswerAsync();

        Assert.Equal(["Answer 0=1@0", "Record 0=1@0", "Answer 1=2@0"], _told.Lines);
    }

    [Fact]
    public async Task Values_OfARunThatAsksForNothingMore_AreSentAfterAMoment()
    {
        await AddAsync("0", "1");
        await Polling.UntilAsync("it is sent", TimeSpan.FromSeconds(30), _ =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(50));
            return Task.FromResult(!_told.Lines.IsEmpty);
        });

        Assert.Equal(["Record 0=1@0"], _told.Lines);
    }

    [Theory]
    // Where the run's code has ended, or its value is on its way with a call, nothing is sent beside.
    [InlineData(true)]
    [InlineData(false)]
    public async Task Values_ThatTravelWithAMessage_AreNotSentBeside(bool over)
    {
        await AddAsync("0", "1");
        if (over)
        {
            _step.Values.Close();
        }
        else
        {
            await AnswerAsync();
        }

        Assert.False(_step.Values.HasUnsent);
        Assert.False(_step.Values.IsEmpty);
    }

    [Theory]
    [InlineData(2, 65_536)]
    [InlineData(64, 8)]
    public async Task Value_BeyondWhatAMessageCarries_WaitsForThoseBefore(int count, int bytes)
    {
        Limit(count, bytes);
        foreach (var place in (string[])["0", "1", "2"])
        {
            await AddAsync(place, "\"aa\"");
        }

        await AnswerAsync();

        Assert.Equal(["Record 0=\"aa\"@0 1=\"aa\"@0", "Answer 2=\"aa\"@0"], _told.Lines);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 65_536)]
    [InlineData(64, 3)]
    public async Task Value_ThatThePlatformDoesNotTakeSo_IsSentByItself(int count, int bytes)
    {
        Limit(count, bytes);

        Assert.Null(await _desk.AddAsync(_step, "0", JsonElement.Parse("\"aa\""), Stop));
    }

    [Fact]
    public async Task Values_WhoseConnectionComesToAnEarlierRelease_AreRecordedOneByOneBeforeTheAnswer()
    {
        await AddAsync("0", "1");
        await AddAsync("1", "2");
        Limit(0, 0);

        await AnswerAsync();

        Assert.Equal(["Mark 0=1", "Mark 1=2", "Answer"], _told.Lines);
    }

    [Fact]
    public async Task Values_WhoseSecondIsBad_TellTheRunOnceAndTheRestIsSent()
    {
        _told.Bad = ("1", new AgentFailure("too_many_records", "Enough."));
        foreach (var place in (string[])["0", "1", "2"])
        {
            await AddAsync(place, "1");
        }

        var failed = await Assert.ThrowsAsync<AgentFailedException>(() => _desk.ConfirmAsync(_step, Stop));
        await _desk.ConfirmAsync(_step, Stop);

        Assert.Equal("too_many_records", failed.Code);
        Assert.Equal(["Record 0=1@0 1=1@0 2=1@0", "Record 2=1@0"], _told.Lines);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(0)]
    public async Task Values_OfARunThatAnotherOneWasBefore_EndItAndTheStepIsGivenBack(int count)
    {
        await AddAsync("0", "1");
        _told.Bad = ("0", new AgentFailure(StepValuesResult.Superseded, "Another run."));
        _told.Stands = "2";
        Limit(count, 65_536);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _desk.ConfirmAsync(_step, Stop));

        Assert.True(_step.ReturnsToPlatform && _step.Canceled.IsCancellationRequested && _step.Values.IsEmpty);
    }

    [Fact]
    public async Task Places_OfAFreshRun_AreNewUntilWrittenOrOver()
    {
        Assert.True(_step.Values.IsNew("0"));
        await AddAsync("0", "1");
        Assert.Equal((false, true), (_step.Values.IsNew("0"), _step.Values.IsNew("1")));
        _step.Values.Close();

        Assert.False(_step.Values.IsNew("1"));
        // What is kept after the end is the platform's to judge.
        Assert.Null(await _desk.AddAsync(_step, "2", JsonElement.Parse("1"), Stop));
    }

    private void Limit(int count, int bytes) =>
        _desk.Limit(ValueLimits.Of(new ProviderWelcome(1, 1) { MaxValues = count == 0 ? null : count, MaxValueBytes = bytes }));

    private async Task AddAsync(string key, string value) =>
        Assert.NotNull(await _desk.AddAsync(_step, key, JsonElement.Parse(value), Stop));

    private async Task AnswerAsync() => await _desk.SendWithValuesAsync<object?>(
        _step, ProviderHubNames.Answer, values => new StepAnswer(_step.Ticket, null, null) { Values = values }, Stop);

    internal sealed class Told
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public (string Key, AgentFailure Failure)? Bad { get; set; }

        public string? Stands { get; set; }

        public void Add(string what, IEnumerable<StepValue>? values) => Lines.Enqueue(string.Join(
            ' ', [what, .. (values ?? []).Select(static each => $"{each.Key}={each.Value.GetRawText()}@{(each.At - SentAt).TotalMilliseconds}")]));
    }

    internal sealed class PlatformHub(Told told) : Hub
    {
        public object? Answer(StepAnswer answer)
        {
            told.Add(nameof(Answer), answer.Values);
            return null;
        }

        public StepValuesResult Record(StepValues recorded)
        {
            told.Add(nameof(Record), recorded.Values);
            var bad = recorded.Values.ToList().FindIndex(each => each.Key == told.Bad?.Key);
            return bad < 0 ? new StepValuesResult(recorded.Values.Count, null) : new StepValuesResult(bad, told.Bad!.Value.Failure);
        }

        public StepHistoryResult Mark(StepHistoryRequest mark)
        {
            told.Lines.Enqueue($"{nameof(Mark)} {mark.Key}={mark.Content}");
            return new StepHistoryResult(SentAt, told.Stands is { } stands ? JsonElement.Parse(stands) : mark.Content, null);
        }
    }
}
