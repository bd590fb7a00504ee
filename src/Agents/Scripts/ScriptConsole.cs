using Jint;
using Jint.Native;
using Jint.Runtime.Interop;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Scripts;

/// <summary>console.log of a script: kept for the answer and streamed, both bounded.</summary>
internal sealed class ScriptConsole(IAgentContext context)
{
    private const int MaxLines = 200;
    private const int MaxLine = 2_000;

    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public bool Truncated { get; private set; }

    public void AddTo(Engine engine)
    {
        var log = new ClrFunction(engine, "log", (_, args) =>
        {
            Log(string.Join(' ', args.Select(Text)));
            return JsValue.Undefined;
        });
        var console = new JsObject(engine);
        foreach (var name in (string[])["log", "info", "warn", "error"])
        {
            console.Set(name, log);
        }

        engine.SetValue("console", console);
    }

    // An object's own toString would run the script's code here; JSON.stringify is there for who wants to see inside.
    private static string Text(JsValue value) => value.IsObject() ? value.IsArray() ? "[array]" : "[object]" : value.ToString();

    private void Log(string line)
    {
        if (_lines.Count == MaxLines)
        {
            Truncated = true;
            return;
        }

        var cut = line.Length <= MaxLine ? line : line[..MaxLine];
        Truncated |= cut.Length < line.Length;
        _lines.Add(cut);
        context.Write(cut + "\n");
    }
}
