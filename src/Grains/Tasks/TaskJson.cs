using System.Text.Json.Serialization;

namespace Orkestron.Grains.Tasks;

/// <summary>How events of tasks are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TaskEvent))]
internal sealed partial class TaskJson : JsonSerializerContext;
