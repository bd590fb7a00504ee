using System.Text.Json;
using System.Text.RegularExpressions;
using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Scripts;

/// <summary>The refusals of scripts that did not return.</summary>
internal static partial class ScriptFault
{
    private const int MaxResult = 262_144;

    /// <summary>The most characters of a result as JSON.</summary>
    public static int MaxCharacters => MaxResult;

    // What programs elsewhere find, and a script here does not.
    private static readonly HashSet<string> Elsewhere = new(StringComparer.Ordinal)
    {
        "Atomics", "Buffer", "Deno", "FinalizationRegistry", "Intl", "BigInt", "SharedArrayBuffer", "Temporal", "TextDecoder",
        "TextEncoder",
        "URL", "URLSearchParams", "WeakRef", "WebAssembly", "WebSocket", "XMLHttpRequest", "alert", "atob", "btoa", "clearInterval",
        "clearTimeout", "crypto", "document", "eval", "exports", "fetch", "global", "importScripts", "localStorage", "module",
        "navigator", "performance", "process", "queueMicrotask", "require", "self", "setImmediate", "setInterval", "setTimeout", "window",
    };

    public static AgentRefusedException Of(string code, string message) => new(message) { Code = code };

    /// <summary>An error that the script threw, or that its text has.</summary>
    /// <param name="message">Its message, with its name where that says more.</param>
    /// <param name="line">Where, from 1; 0 when not known.</param>
    /// <param name="column">Where in the line, from 1.</param>
    public static AgentRefusedException Failed(string message, int line, int column)
    {
        var where = line > 0 ? $" (line {line}, column {column})" : "";
        return Undefined().Match(message) is { Success: true } missing && Elsewhere.Contains(missing.Groups[1].Value)
            ? Of("script_failed", $"{missing.Groups[1].Value} is not available here{where}: a script computes an answer from its input, "
                + "without network, files, timers or other programs.")
            : Of("script_failed", Cut(message) + where);
    }

    public static AgentRefusedException NoMain() => Of("script_failed", "The code defines no function main(input).");

    public static AgentRefusedException TimedOut() => Of("script_timeout", "The script ran too long and was stopped.");

    public static AgentRefusedException NeverSettled() => Of("script_timeout", "main returned a promise that is never settled.");

    public static AgentRefusedException TooDeep() =>
        Of("script_recursion", "The script's functions call each other too deeply, or a value is nested too deeply.");

    public static AgentRefusedException TooLong(long characters) =>
        Of("output_too_large", $"The result has {characters} characters as JSON; at most {MaxResult} are allowed.");

    /// <summary>The result, read again: what a script writes is hostile.</summary>
    public static JsonElement Result(string json)
    {
        if (json.Length > MaxResult)
        {
            throw TooLong(json.Length);
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw Of("output_too_large", "The result is nested deeper than 64 levels.");
        }
    }

    public static string Cut(string text) => TextCut.Head(text, 500);

    [GeneratedRegex(@"^(?:ReferenceError: )?(\w{1,40}) is not defined$", RegexOptions.CultureInvariant)]
    private static partial Regex Undefined();
}
