using System.Reflection;

namespace Orkestron.Contracts.Plans;

/// <summary>The published JSON Schema 2020-12 of plans: what an editor completes and underlines by.</summary>
public static class PlanSchema
{
    /// <summary>The largest plan, in bytes of compact JSON or of YAML.</summary>
    public const int MaxPlanBytes = 262_144;

    private static readonly byte[] Text = Read();

    /// <summary>The schema as UTF-8 JSON.</summary>
    public static ReadOnlyMemory<byte> Utf8 => Text;

    private static byte[] Read()
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream("plan-1.json")!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
