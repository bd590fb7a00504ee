namespace Orkestron.Web.Features.OpenApi.Texts;

internal static partial class OperationTexts
{
    private static Dictionary<string, OperationText> Accounts => new()
    {
        ["POST /account/register"] = new("registerAccount",
            "Opens an account and starts a session (a cookie). For a signed-in guest it adds an e-mail address and a password to the guest "
                + "account. It does not reveal whether the address has an account: until it is confirmed, several accounts may use it, each with its own password."),
        ["POST /account/guest"] = new("openGuestAccount", "Opens an account with play tokens and without an e-mail address, and starts a session (a cookie)."),
        ["GET /account/challenge"] = new("getAccountChallenge",
            "A challenge for the problem `proof_required`: find a number such that SHA-256 of `seed.number` begins with `bits` zero bits, and send `ticket.number` as `proof`, once."),
        ["POST /account/login"] = new("signIn", "Starts a session (a cookie). Programs send an API key with each request instead."),
        ["POST /account/logout"] = new("signOut", "Ends the session."),
        ["GET /account"] = new("getAccount", "Your account."),
        ["POST /account/keys"] = new("createApiKey", "Makes an API key. It is returned once, in this response."),
        ["GET /account/keys"] = new("listApiKeys", "The names and first characters of your keys, not the keys themselves."),
        ["DELETE /account/keys/{id}"] = new("revokeApiKey", "Revokes the key at once on this node and within a second on all others. Its streams end."),
        ["GET /policy"] = new("getPolicy", "The privacy policy in force. You accept its version when you open an account."),
        ["GET /consents"] = new("getConsents", "The purposes that need consent, whether you have given it, and the history."),
        ["POST /consents/{purpose}/give"] = new("giveConsent", "Records your consent to a purpose."),
        ["POST /consents/{purpose}/withdraw"] = new("withdrawConsent", "Records that you withdraw your consent to a purpose."),
        ["GET /wallet"] = new("getWallet", "The available, held and pending tokens."),
        ["GET /wallet/entries"] = new("listWalletEntries", "Your ledger, newest first, in pages. The postings of each entry sum to zero."),
        ["POST /artifacts"] = new("uploadFile",
            "The body is the file itself, with its Content-Type. In JSON, refer to the file by `artifact:` followed by the id in the response."),
        ["GET /artifacts"] = new("listFiles", "Your files, newest first, in pages, and the storage that they use."),
        ["GET /artifacts/{id}"] = new("downloadFile", "The file as an attachment; the header Range is supported."),
        ["GET /artifacts/{id}/info"] = new("getFile", "A file's name, type, size and SHA-256."),
        ["DELETE /artifacts/{id}"] = new("deleteFile", "Deletes a file. A file that a running task may use cannot be deleted: cancel the task or wait for its end."),
    };
}
