using System.Text.Json;
using Orkestron.Sdk.Tests.Hosting;

namespace Orkestron.Sdk.Tests.Client;

/// <summary>What a client reads of a task whose answer has no room for all of it.</summary>
public sealed class TaskHandleTests(Platform platform)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(6, 100)]
    [InlineData(1, 100)]
    [InlineData(2, 30_000)]
    public async Task Task_OfManyStepsOrLargeValues_IsReadWhole(int calls, int characters)
    {
        using var account = await platform.GuestAsync();
        using var client = await account.ClientAsync();
        var text = string.Join(' ', Enumerable.Repeat("battery", characters / 8));
        var plan = JsonElement.Parse($$"""
            { "steps": [ { "id": "m", "map": { "over": [{{string.Join(',', Enumerable.Range(1, calls))}}], "do": [
              { "id": "k", "call": "orkestron/keyword-extractor", "input": { "text": { "$ref": "/input/text" } } } ] } } ] }
            """);
        var task = await client.RunAsync("orkestron/workflow", new { plan, input = new { text } }, cancellationToken: Stop);

        var ended = await task.WaitAsync(Stop);
        var again = await task.GetAsync(Stop);

        Assert.Equal("completed", ended.State);
        Assert.Equal(Enumerable.Range(1, calls + 1), ended.Steps.Select(static step => step.Id));
        Assert.Null(ended.StepsNext);
        Assert.Equal(calls + 1, again.Steps.Count);
        foreach (var step in ended.Steps.Skip(1))
        {
            Assert.Equal(characters > 20_000, step.InputRef is not null);
            var input = step.InputRef is { } elsewhere ? await task.ReadAsync(elsewhere, Stop) : step.Input!.Value;
            Assert.Equal(text, input.GetProperty("text").GetString());
        }
    }
}
