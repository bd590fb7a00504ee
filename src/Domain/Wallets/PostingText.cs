using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Orkestron.Domain.Wallets;

/// <summary>
/// An entry's postings as one text: a line for each, the account, a space, and the amount in micro-tokens. The wallet's own accounts
/// are <c>available</c> and <c>held</c>. Pure.
/// </summary>
internal static class PostingText
{
    private const string Available = "available";
    private const string Held = "held";

    public static string Write(Guid wallet, ImmutableArray<PostingView> postings)
    {
        var (available, held) = (Accounts.Available(wallet), Accounts.Held(wallet));
        var text = new StringBuilder(32 * postings.Length);
        foreach (var (account, amount) in postings)
        {
            var name = account == available ? Available : account == held ? Held : account;
            text.Append(text.Length > 0 ? "\n" : "").Append(name).Append(' ').Append(CultureInfo.InvariantCulture, $"{amount}");
        }

        return text.ToString();
    }

    /// <exception cref="FormatException">The text is none that <see cref="Write"/> makes.</exception>
    public static ImmutableArray<PostingView> Read(Guid wallet, string text) =>
        text.Length == 0 ? [] : [.. text.Split('\n').Select(line => ReadLine(wallet, line))];

    private static PostingView ReadLine(Guid wallet, string line)
    {
        var space = line.LastIndexOf(' ');
        if (space < 1)
        {
            throw new FormatException("A posting is an account, a space and an amount.");
        }

        var account = line[..space] switch
        {
            Available => Accounts.Available(wallet),
            Held => Accounts.Held(wallet),
            var name => name,
        };
        return new(account, long.Parse(line.AsSpan(space + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }
}
