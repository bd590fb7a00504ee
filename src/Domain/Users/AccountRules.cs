using System.Collections.Immutable;
using System.Net.Mail;
using Orkestron.Domain.Privacy;

namespace Orkestron.Domain.Users;

/// <summary>What an account must have. Pure.</summary>
internal static class AccountRules
{
    public const int MinPassword = 12;
    public const int MaxPassword = 128;
    public const int MaxEmail = 254;
    public const int MaxName = 80;
    public const int MaxKeys = 20;

    /// <summary>The scopes that an API key may have.</summary>
    public static ImmutableArray<string> Scopes { get; } = ["read", "write", "account", "publish"];

    public static Refusal? Refuse(RegisterAccount command)
    {
        var errors = ImmutableArray.CreateBuilder<FieldError>();
        if (!IsEmail(command.Email))
        {
            errors.Add(new("/email", $"Write an address such as name@example.org, at most {MaxEmail} characters."));
        }

        if (command.Password is not { Length: >= MinPassword and <= MaxPassword })
        {
            errors.Add(new("/password", $"Take {MinPassword} to {MaxPassword} characters."));
        }
        else if (WeakPasswords.IsWeak(command.Password, command.Email ?? "", command.DisplayName ?? ""))
        {
            errors.Add(new("/password", WeakPasswords.Reason));
        }

        if (string.IsNullOrWhiteSpace(command.DisplayName) || command.DisplayName.Length > MaxName
            || command.DisplayName.Any(char.IsControl))
        {
            errors.Add(new("/displayName", $"Write a name of 1 to {MaxName} characters."));
        }

        return errors.Count > 0
            ? new Refusal(RefusalCode.Invalid, "Some fields are not right yet.") { Errors = errors.DrainToImmutable() }
            : Declared(command.Over18, command.PolicyVersion);
    }

    public static Refusal? Declared(bool over18, int policyVersion)
    {
        if (!over18)
        {
            return new Refusal(RefusalCode.AgeRequired, "Accounts are for people of 18 and over: declare it to go on.")
            {
                Errors = [new("/over18", "Declare that you are 18 or over.")],
            };
        }

        var current = PrivacyPolicy.Current.Version;
        return policyVersion == current
            ? null
            : new Refusal(
                RefusalCode.PolicyVersionStale, $"The current privacy policy is version {current}. Read and accept that one.")
            {
                Errors = [new("/acceptedPolicyVersion", $"Accept version {current}.")],
            };
    }

    private static bool IsEmail(string? text) =>
        text?.Trim() is { Length: > 2 and <= MaxEmail } address
        && !address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
        && MailAddress.TryCreate(address, out var parsed)
        && parsed.Address == address
        && parsed.Host.Contains('.', StringComparison.Ordinal);
}
