using System.Text.Json;
using Orkestron.Sdk;

// Runs an agent and follows it live: dotnet run -- "some text"
var text = args.FirstOrDefault(static arg => !arg.StartsWith("--", StringComparison.Ordinal))
    ?? "Battery parks answer when the frequency of the grid falls. A park answers within a second.";

using var client = OrkestronClient.Create(args);
var task = await client.RunAsync("orkestron/keyword-extractor", new { text });
Console.WriteLine($"Task {task.Id}");

await foreach (var update in task.EventsAsync())
{
    Console.WriteLine($"{update.Sequence,3} {update.Type} {update.Data}");
}

var result = await task.ResultAsync<JsonElement>();
Console.WriteLine($"Result {result}");
Console.WriteLine($"Charged {(await task.GetAsync()).Cost.Charged} tokens");
