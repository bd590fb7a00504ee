using System.Text.Json.Serialization;
using Orkestron.Contracts.Common;
using Orkestron.Contracts.Tasks;
using Orkestron.Contracts.Wallets;

namespace Orkestron.Web.Shared.Http;

/// <summary>
/// Serialization metadata of the types that the routes and hubs of tasks read and write, generated at compile time for fast first
/// requests.
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(TaskDetail))]
[JsonSerializable(typeof(TaskQuote))]
[JsonSerializable(typeof(TaskEvent))]
[JsonSerializable(typeof(TaskEventList))]
[JsonSerializable(typeof(ListOf<TaskListItem>))]
[JsonSerializable(typeof(ListOf<Disclosure>))]
[JsonSerializable(typeof(ListOf<WalletEntry>))]
[JsonSerializable(typeof(CreateTaskRequest))]
[JsonSerializable(typeof(QuoteRequest))]
[JsonSerializable(typeof(TaskInputRequest))]
[JsonSerializable(typeof(RetryTaskRequest))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class TaskJson : JsonSerializerContext;
