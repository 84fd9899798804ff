"""The same families in other languages; the view has no accents, so two Russian letters lack theirs."""

from __future__ import annotations

from typing import Final

LANGUAGE_RULES: Final[tuple[tuple[str, str], ...]] = (
    # Spanish and Portuguese
    (
        "override",
        (
            r"\b(?:ignor|olvid|descart|desestim|desconsider|esquec|omit|no siga"
            r"|nao siga)\w* (?:\w+ ){0,5}(?:instruccion|instrucoes|indicacion|orientacoes|orden|regla|regra"
            r"|directri|diretri|prompt|norma)\w*(?: \w+){0,4} (?:anterior|previ|precedente|sistema|recibid"
            r"|recebid|acima|arriba|dad[ao]s)\w*"
        ),
    ),
    (
        "override",
        (
            r"\b(?:ignor|olvid|descart|desconsider|esquec)\w* (?:\w+ ){0,4}(?:anterior"
            r"|previ)\w* (?:instruccion|instrucoes|indicacion|orden|regla|regra|prompt)\w*|\b(?:olvida|ignora"
            r"|esqueca|ignore) (?:todo|tudo) (?:lo|o) (?:anterior|que)\b"
        ),
    ),
    (
        "concealment",
        (
            r"\b(?:no|nao|nunca|jamas) (?:\w+ ){0,2}(?:dig|inform|mencion|cuent|cont|avis"
            r"|revel)\w* .{0,40}\b(?:al|a la|o|ao|aos|a) (?:usuari|human|desarrollador|desenvolvedor"
            r"|utilizador|person|dueno)|\bsin (?:avisar|decir|informar|que (?:lo )?(?:sepa"
            r"|note))\w* .{0,15}usuari|\bsem (?:avisar|contar|informar|que o) .{0,12}(?:usuari|utilizador)"
        ),
    ),
    (
        "exfiltration",
        (
            r"\b(?:envi|mand|sub[ea]|public|carg|transmit|copi|reenvi|encaminh)\w* .{0,80}(?:\.ssh|\.env\b"
            r"|\.aws|claves?|chaves?|credenciais|credenciales|contrasenas?|senhas?|secretos?"
            r"|segredos?|tokens?"
            r"|variables de entorno|variaveis de ambiente).{0,80}\b(?:a|al|hacia|para|em"
            r"|en)\b.{0,20}(?:https?://|\S+@\S+\.|servidor|\w+\.(?:com|net|io|xyz|example))"
        ),
    ),
    (
        "approval",
        (
            r"\b(?:usuario|humano|administrador|utilizador) (?:ya |ja )?(?:ha |tem |habia )?(?:aprob|aprov"
            r"|autoriz|concedi|permiti)\w* (?:\w+ ){0,2}(?:todo|todas?|tudo|todos|cualquier|qualquer)\b"
        ),
    ),
    (
        "role",
        r"\b(?:ahora eres|a partir de ahora (?:eres|debes|obedec)|agora voce e|a partir de agora voce)\b",
    ),
    # German
    (
        "override",
        (
            r"\b(?:ignorier|vergiss|vergess|missacht|uberspring|verwirf|verwerf|beacht"
            r"|befolg)\w* (?:\w+ ){0,4}(?:vorherig|bisherig|vorig|fruher|obig|vorangegangen|vorangehend"
            r"|system)\w* ?(?:\w+ ){0,2}(?:anweisung|instruktion|vorgabe|befehl|prompt|richtlinie|regel)\w*"
            r"|\bignorier\w* (?:alles|alle)\b.{0,30}\b(?:vorher|zuvor|bisher|oben|davor)\b"
        ),
    ),
    (
        "concealment",
        (
            r"\b(?:sag|erzahl|teil|informier|verrat|erwahn|meld|benachrichtig)\w* (?:\w+ ){0,5}(?:benutzer"
            r"|nutzer|anwender|user|entwickler)\w*(?: \w+){0,4} (?:nichts|nicht|niemals)\b|\b(?:ohne"
            r"|hinter) (?:\w+ ){0,3}(?:benutzer|nutzer|anwender)\w* (?:\w+ ){0,3}(?:zu (?:informieren|fragen"
            r"|sagen)|davon|wissen|rucken)\b"
        ),
    ),
    (
        "exfiltration",
        (
            r"\b(?:send|schick|lad|ubertrag|post|ubermittl|kopier|leit)\w* .{0,80}(?:\.ssh|\.env\b|\.aws"
            r"|schlussel|zugangsdaten|passwort|passworter|geheimniss|umgebungsvariablen"
            r"|tokens?).{0,80}\b(?:an"
            r"|nach|auf|zu|unter)\b.{0,15}(?:https?://|\S+@\S+\.|server|\w+\.(?:com|net|io|de|example))"
        ),
    ),
    (
        "approval",
        (
            r"\b(?:benutzer|nutzer|anwender|administrator) (?:hat|haben) (?:\w+ ){0,3}(?:alle[sn]?"
            r"|samtliche\w*|jede\w*)(?: \w+){0,4} (?:genehmigt|freigegeben|erlaubt|autorisiert|zugestimmt"
            r"|bestatigt)\b"
        ),
    ),
    (
        "role",
        r"\b(?:du bist (?:jetzt|nun|ab sofort)|ab (?:jetzt|sofort) (?:bist|musst|gehorchst|befolgst) du)\b",
    ),
    # French and Italian
    (
        "override",
        (
            r"\b(?:ignor|oubli|neglig|dimentic|trascur|scart|ne (?:suis|suivez|tiens|tenez"
            r"|respecte))\w* (?:[\w']+ ){0,5}(?:instruction|consigne|directive|regle|ordre|istruzion"
            r"|indicazion|regol|direttiv|prompt)\w*(?: \w+){0,4} (?:precedent|anterieur|ci-dessus"
            r"|systeme|recu"
            r"|sistema|sopra|ricevut)\w*|\b(?:ignor|oubli|dimentic)\w* (?:\w+ ){0,3}(?:precedent)\w* "
            r"(?:instruction|consigne|istruzion)\w*|\boublie\w* tout ce qui precede"
        ),
    ),
    (
        "concealment",
        (
            r"\b(?:ne|n'en|non) (?:\w+ ){0,2}(?:dis|dites|dire|mentionn|revel|inform|parl|signal|previen"
            r"|preven|menzion|avvis|rivel)\w* .{0,40}(?:utilisateur|humain|developpeur|utent[ei]|umano)"
            r"|\b(?:sans (?:prevenir|informer|avertir|le dire a)|senza (?:avvisare|informare"
            r"|dirlo a)) .{0,8}(?:utilisateur|utent)|\ba l'insu de l'utilisateur"
        ),
    ),
    (
        "exfiltration",
        (
            r"\b(?:envo|transmet|televers|copi|post|publi|invi|mand|caric)\w* .{0,80}(?:\.ssh|\.env\b|\.aws"
            r"|cles?\b|mots? de passe|identifiants|secrets?|jetons?|chiav[ei]|credenziali|password|segret[io]"
            r"|variables d'environnement).{0,80}(?:\ba\b|\bvers\b|\bsur\b"
            r"|\bal\b).{0,15}(?:https?://|\S+@\S+\."
            r"|serve|\w+\.(?:com|net|io|fr|it|example))"
        ),
    ),
    (
        "approval",
        (
            r"\b(?:utilisateur|administrateur|utente) (?:a|ha) (?:deja |gia )?(?:tout|tutto|approuv\w*"
            r"|autoris\w*|valid\w*|approvat\w*|autorizzat\w*) (?:\w+ ){0,2}(?:approuve|autorise"
            r"|valide|tout\w*"
            r"|toutes|tutt\w*|approvato|autorizzato|d'avance)\b"
        ),
    ),
    (
        "role",
        (
            r"\b(?:tu es (?:maintenant|desormais)|vous etes (?:maintenant|desormais)"
            r"|a partir de maintenant,? (?:tu|vous)|ora sei|d'ora in poi (?:sei|devi|obbedisci))\b"
        ),
    ),
    # Russian
    (
        "override",
        (
            r"(?:игнорир|проигнорир|забуд|не следуи|не выполняи|отмени|отбрось"
            r"|пренебре)\w* (?:\w+ ){0,4}(?:предыдущ|прежн|прошл|вышеуказан|вышестоящ|ранн|ранее|системн|все"
            r"|данн)\w* ?(?:\w+ ){0,3}(?:инструкци|указани|правил|команд|подсказ|директив|промпт)"
        ),
    ),
    (
        "concealment",
        (
            r"\bн\u0435 (?:говори|сообщаи|рассказываи|упоминаи|уведомляи|информируи)\w* .{0,30}(?:пользовател"
            r"|человек|разработчик|владельц)|(?:втаине|таино|незаметно|скрытно) (?:от \w+ )?(?:отправ|выполн"
            r"|загруз|запуст|скопир|одобр)|без ведома (?:пользовател|человек|владельц)"
        ),
    ),
    (
        "exfiltration",
        (
            r"(?:отправ|пошли|перешли|загруз|передаи|выложи|скопир)\w* .{0,80}(?:\.ssh|\.env\b|\.aws|ключ"
            r"|парол|секрет|токен|учетн|переменн\w+ окружени).{0,80}(?:https?://|\S+@\S+\.|сервер|\w+\.(?:com"
            r"|net|io|ru|example))"
        ),
    ),
    (
        "approval",
        (
            r"(?:пользовател|человек|администратор)\w* (?:уже )?(?:одобрил|разрешил|подтвердил"
            r"|согласовал)\w* (?:\w+ ){0,2}(?:все|всё|любы|всех)"
        ),
    ),
    ("role", r"\b(?:теперь ты|отныне ты|\u0441 этого момента ты)\b"),
    # Chinese, Japanese, Korean
    (
        "override",
        (
            r"(?:忽略|无视|無視|忘记|忘掉|忘記|忽視|不要理会|不要遵守|不再遵守|不要遵循|抛弃|覆盖)[^。\n]{0,12}(?:之前|以前|先前|以上|上面|上述|此前|所有|前面|系统"
            r"|系統|原有|你的|一切|刚才)[^。\n]{0,8}(?:指令|指示|说明|說明|提示|规则|規則|命令|要求|限制|设定)"
        ),
    ),
    (
        "concealment",
        (
            r"(?:不要|别|切勿|请勿|不得|不能|千万别|無需|无需|瞒着)(?:向|让|對|对)?(?:告诉|告訴|告知|通知|提醒|透露)?[^。\n]{0,3}(?:用户|用戶|使用者|人类"
            r"|开发者)(?:知道|透露|提及|提到|发现|察觉|任何|这|\uff0c|。|$|说)?(?<=[诉訴知醒露道及到现觉何这说\uff0c。])"
        ),
    ),
    ("concealment", r"(?:不要|别|切勿|请勿|不得)(?:告诉|告訴|告知)[^。\n]{0,4}(?:用户|用戶|使用者|任何人)"),
    (
        "exfiltration",
        (
            r"(?:把|将|將)?[^。\n]{0,40}(?:密钥|密鑰|私钥|凭证|凭据|密码|令牌|环境变量|\.ssh|\.env|\.aws|token)[^。\n]{0,40}(?:发送|上传"
            r"|上傳|发到|传到|发给|提交|發送|转发)[^。\n]{0,10}(?:https?://|到|至|给)[^。\n]{0,10}(?:https?://"
            r"|\w+\.(?:com|net|io"
            r"|cn|example)|外部|攻击|服务器)"
        ),
    ),
    (
        "approval",
        r"(?:用户|用戶|管理员|使用者)(?:已经|已|早已)?(?:批准|授权|同意|允许|許可)(?:了)?(?:所有|一切|全部|任何)",
    ),
    (
        "role",
        r"(?:你现在是|从现在起你|从现在开始\uff0c?你|現在你是)[^。\n]{0,30}(?:不受|没有|无|必须|只|限制|服从|模式|管理员)",
    ),
    (
        "override",
        (
            r"(?:これまで|以前|前|上記|すべて|全て|今まで|先ほど|従来|システム)の?[^。\n]{0,10}(?:指示|命令|ルール|プロンプト|規則|制約"
            r"|指令)[^。\n]{0,8}(?:無視|忘れ|破棄|従わな|取り消)"
        ),
    ),
    (
        "concealment",
        (
            r"(?:ユーザー?|利用者|開発者|人間)に(?:は)?[^。\n]{0,16}(?:言わない|伝えない|知らせない|教えない|報告しない|言うな|知らせるな|伝えるな|話さない|明かさない"
            r"|気づかれ|内緒|秘密)"
        ),
    ),
    (
        "exfiltration",
        (
            r"(?:鍵|パスワード|認証情報|トークン|環境変数|\.ssh|\.env|\.aws|秘密)[^。\n]{0,40}(?:https?://|\w+\.(?:com|net|io|jp"
            r"|example)|外部)[^。\n]{0,30}(?:送信|送って|送れ|アップロード|転送|投稿)"
        ),
    ),
    (
        "approval",
        r"(?:ユーザー?|利用者|管理者)は[^。\n]{0,8}(?:すべて|全て|あらゆる|全部)[^。\n]{0,14}(?:承認|許可|同意)",
    ),
    (
        "role",
        r"(?:あなたは今|今からあなたは|これからあなたは)[^。\n]{0,30}(?:制限|従|管理者|モード|無制限|です)",
    ),
    (
        "override",
        r"(?:이전|앞선|위의|기존|모든|시스템)[^.\n]{0,10}(?:지시|명령|규칙|프롬프트|지침)[^.\n]{0,8}(?:무시|잊|따르지)",
    ),
    ("concealment", r"사용자에게[^.\n]{0,14}(?:말하지|알리지|보고하지|언급하지)"),
)
