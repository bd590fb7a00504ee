using System.Text;

namespace Orkestron.Web.Features.OpenApi.Texts;

/// <summary>Derives the id of an operation from its address: <c>GET /tasks/{id}/ledger</c> is <c>getTasksByIdLedger</c>. Pure.</summary>
internal static class OperationNames
{
    public static string Of(string method, string path)
    {
        var name = new StringBuilder(method.ToLowerInvariant());
        foreach (var segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment.StartsWith('{'))
            {
                name.Append("By");
            }

            foreach (var word in segment.Split(['{', '}', '-', '.', '_', ':'], StringSplitOptions.RemoveEmptyEntries))
            {
                name.Append(char.ToUpperInvariant(word[0])).Append(word.AsSpan(1));
            }
        }

        return name.ToString();
    }
}
