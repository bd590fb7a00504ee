using System.Text.Json;

namespace Orkestron.Agents.Scripts;

internal sealed record ScriptInput(string? Code, JsonElement Input);

internal sealed record ScriptAnswer(JsonElement Result, IReadOnlyList<string> Log, bool LogTruncated);
