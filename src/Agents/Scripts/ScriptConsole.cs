using Jint;
using Jint.Native;
using Jint.Runtime.Interop;

namespace Orkestron.Agents.Scripts;

/// <summary>The console of an interpreted script.</summary>
internal static class ScriptConsole
{
    public static void AddTo(Engine engine, ScriptLog lines)
    {
        var log = new ClrFunction(engine, "log", (_, args) =>
        {
            lines.Add(string.Join(' ', args.Select(Text)));
            return JsValue.Undefined;
        });
        var console = new JsObject(engine);
        foreach (var name in (string[])["log", "info", "warn", "error", "debug"])
        {
            console.Set(name, log);
        }

        engine.SetValue("console", console);
    }

    // An object's own toString would run the script's code here; JSON.stringify is there for who wants to see inside.
    private static string Text(JsValue value) => value.IsObject() ? value.IsArray() ? "[array]" : "[object]" : value.ToString();
}
