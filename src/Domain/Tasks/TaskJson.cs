using System.Text.Json.Serialization;

namespace Orkestron.Domain.Tasks;

/// <summary>How events of tasks are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(TaskEvent))]
[JsonSerializable(typeof(TaskTerms))]
internal sealed partial class TaskJson : JsonSerializerContext;
