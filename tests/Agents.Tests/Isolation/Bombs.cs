namespace Orkestron.Agents.Tests.Isolation;

internal static class Bombs
{
    public static object NativeLike(int parts) => new
    {
        csv = $"a,b\n\"{new string('a', 5_000)}\",\"{string.Concat(Enumerable.Repeat("%a", parts))}%b_\"\n",
        mode = "query",
        sql = "SELECT a LIKE b FROM data",
    };
}
