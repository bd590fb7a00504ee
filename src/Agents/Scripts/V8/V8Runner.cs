using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.ClearScript;
using Microsoft.ClearScript.JavaScript;
using Microsoft.ClearScript.V8;
using Microsoft.Extensions.Options;
using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Scripts.V8;

/// <summary>
/// Runs scripts in V8, each in an engine of its own. Beyond its memory V8 ends the whole process: only for a process of
/// its own.
/// </summary>
internal sealed partial class V8Runner(IOptions<AgentsOptions> options) : IScriptRunner
{
    private const string Name = "main.js";
    private const string Strict = "'use strict';";
    private const int Seed = 42;

    private static readonly string Prelude = ReadPrelude();

    /// <summary>Whether V8's library is there for this system.</summary>
    public static bool IsAvailable { get; } = Probe();

    public JsonElement Run(string code, string input, ScriptLog log, CancellationToken cancellationToken)
    {
        using var runtime = new V8Runtime(Limits());
        using var engine = runtime.CreateScriptEngine(V8ScriptEngineFlags.DisableGlobalMembers);
        engine.DocumentSettings.AccessFlags = DocumentAccessFlags.None;
        using var limit = new ProcessorLimit(TimeSpan.FromSeconds(options.Value.ScriptTimeoutSeconds), TimeProvider.System);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Reached);
        using var stop = time.Token.Register(engine.Interrupt);
        try
        {
            using var prelude = (ScriptObject)engine.Evaluate(new DocumentInfo("prelude"), Prelude);
            using var run = (ScriptObject)prelude.Invoke(false, (Action<string>)log.Add, Seed, ScriptFault.MaxCharacters);
            Load(engine, code, run);
            run.InvokeMethod("begin", input);
            return Answer(run);
        }
        catch (ScriptInterruptedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw ScriptFault.TimedOut();
        }
        catch (ScriptEngineException fault) when (!fault.IsFatal)
        {
            throw time.IsCancellationRequested && !cancellationToken.IsCancellationRequested ? ScriptFault.TimedOut() : Explain(fault);
        }
    }

    // A script first, as it always was; with exports, or an await outside of functions, it is a module.
    private static void Load(V8ScriptEngine engine, string code, ScriptObject run)
    {
        try
        {
            using var script = engine.Compile(new DocumentInfo(Name), Strict + code);
            engine.Execute(script);
        }
        catch (ScriptEngineException fault) when (OnlyInModules().IsMatch(fault.Message))
        {
            if (ImportsOther().IsMatch(code))
            {
                throw ScriptFault.Of("script_failed", "Imports are not available here: put all the code into this script.");
            }

            engine.DocumentSettings.AddSystemDocument(Name, ModuleCategory.Standard, code);
            engine.Evaluate(
                new DocumentInfo("entry")
                {
                    Category = ModuleCategory.Standard,
                    ContextCallback = _ => new Dictionary<string, object> { ["run"] = run },
                },
                $"import * as script from '{Name}'; import.meta.run.take(script.main ?? script.default);");
            return;
        }

        var main = engine.Evaluate(new DocumentInfo("entry"), "typeof main === 'undefined' ? undefined : main");
        run.InvokeMethod("take", main);
    }

    private static JsonElement Answer(ScriptObject run)
    {
        var text = (string)run["text"];
        return (string)run["state"] switch
        {
            "done" => ScriptFault.Result(text),
            "failed" => throw Explain(text, (string)run["stack"]),
            "missing" => throw ScriptFault.NoMain(),
            "long" => throw ScriptFault.TooLong(long.Parse(text, System.Globalization.CultureInfo.InvariantCulture)),
            _ => throw ScriptFault.NeverSettled(),
        };
    }

    private static AgentRefusedException Explain(ScriptEngineException fault)
    {
        // The first line is the error's own; the rest says where.
        var message = fault.Message;
        return Explain(message.StartsWith("Error: ", StringComparison.Ordinal) ? message[7..] : message, fault.ErrorDetails ?? "");
    }

    private static AgentRefusedException Explain(string message, string stack)
    {
        if (message.Contains("Maximum call stack size exceeded", StringComparison.Ordinal))
        {
            return ScriptFault.TooDeep();
        }

        if (TooMuch().IsMatch(message))
        {
            return ScriptFault.Of("script_memory", $"The script used more memory than it may: {ScriptFault.Cut(message)}.");
        }

        var position = Position().Match(stack);
        var line = position.Success ? int.Parse(position.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : 0;
        var column = position.Success ? int.Parse(position.Groups[2].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : 0;
        return ScriptFault.Failed(message, line, line == 1 && column > Strict.Length ? column - Strict.Length : column);
    }

    private V8RuntimeConstraints Limits() => new()
    {
        MaxOldSpaceSize = options.Value.ScriptMemoryMebibytes,
        MaxArrayBufferAllocation = (ulong)options.Value.ScriptMemoryMebibytes << 20,
    };

    private static bool Probe()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return false;
        }

        try
        {
            using var runtime = new V8Runtime();
            return true;
        }
        catch (TypeLoadException)
        {
            // Another C library, for instance.
            return false;
        }
    }

    private static string ReadPrelude()
    {
        using var stream = typeof(V8Runner).Assembly.GetManifestResourceStream("Orkestron.Agents.Scripts.V8.prelude.js")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"main\.js(?: \[temp\])?:(\d{1,7}):(\d{1,7})", RegexOptions.CultureInvariant)]
    private static partial Regex Position();

    [GeneratedRegex(
        @"Unexpected token 'export'|Cannot use import statement outside a module|Cannot use 'import\.meta' outside a module|await is only valid in async functions and the top level bodies of modules",
        RegexOptions.CultureInvariant)]
    private static partial Regex OnlyInModules();

    [GeneratedRegex(@"^\s*(import\s*[\w{*'""]|export\s[^;\n]*\sfrom\s*['""])", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex ImportsOther();

    [GeneratedRegex("Array buffer allocation failed|Invalid string length|Invalid typed array length|Maximum BigInt size exceeded", RegexOptions.CultureInvariant)]
    private static partial Regex TooMuch();
}
