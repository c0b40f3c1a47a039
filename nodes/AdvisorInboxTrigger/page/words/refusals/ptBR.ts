import type { RefusalWords } from './refusalWords';

const wait = (seconds: string | number): string =>
	Number(seconds) > 90 ? `${Math.ceil(Number(seconds) / 60)} minutos` : `${seconds} segundos`;

const ASPECTS: ReadonlyMap<string | number, string> = new Map([
	['option', 'opção do menu'],
	['caseType', 'tipo de caso'],
	['area', 'área'],
	['lead', 'cria um lead'],
	['person', 'passa a uma pessoa'],
	['cases', 'casos'],
]);
const VALUES: ReadonlyMap<string | number, string> = new Map([
	['', 'nenhum'],
	['yes', 'sim'],
	['no', 'não'],
	['quotation', 'cotação'],
	['information', 'informação'],
	['order_status', 'status do pedido'],
	['support', 'suporte'],
	['documents', 'documentos'],
	['billing', 'faturamento e pagamentos'],
	['other', 'outro'],
]);
const aspectInWords = (aspect: string | number): string => ASPECTS.get(aspect) ?? String(aspect);
const valueInWords = (value: string | number): string =>
	VALUES.get(value) ?? (/^\d+$/.test(String(value)) ? String(value) : `«${value}»`);

export const ptBR: RefusalWords = {
	takenBy: ({ name }) => ({ text: `${name} está com esta conversa.`, detail: 'Assuma a conversa para responder.' }),
	onTheirNumber: ({ name }) => ({
		text: `${name} atende esta conversa pelo próprio número.`,
		detail: 'Peça que responda por lá.',
	}),
	noBotHere: () => ({
		text: 'Esta conversa está no número próprio de alguém da equipe.',
		detail: 'Lá nenhum bot responde: não há nada para assumir, devolver nem fechar.',
	}),
	windowClosed: () => ({
		text: 'As 24 horas do cliente terminaram: o WhatsApp agora só entrega modelos.',
		detail: 'Escolha um modelo aprovado. Quando o cliente responder, você volta a escrever livremente.',
	}),
	optedOut: () => ({
		text: 'Esta pessoa pediu para não receber mensagens.',
		detail: 'Espere que ela escreva; aí você pode responder.',
	}),
	noMarketingConsent: () => ({
		text: 'Esta pessoa não aceitou receber publicidade.',
		detail: 'Use um modelo de utilidade, ou espere que ela aceite.',
	}),
	holidayToday: () => ({
		text: 'Hoje é feriado: publicidade não sai.',
		detail: 'Envie no próximo dia útil, ou use um modelo de utilidade.',
	}),
	outsideContactHours: () => ({
		text: 'A esta hora não sai publicidade.',
		detail: 'Envie no horário de contato do perfil, ou use um modelo de utilidade.',
	}),
	collectionTooSoon: () => ({
		text: 'Há pouco saiu uma mensagem de cobrança para esta pessoa.',
		detail: 'Espere os dias que o perfil indica.',
	}),
	noSuchTemplate: ({ template }) => ({
		text: `O modelo «${template}» não está aprovado neste número.`,
		detail: 'Escolha um da lista.',
	}),
	templateNotFilled: ({ template, places }) => ({
		text: `O modelo «${template}» leva ${places} dados e não estão completos.`,
		detail: 'Preencha todos.',
	}),
	nothingToSend: () => ({ text: 'Não há nada para enviar.', detail: 'Escreva algo primeiro.' }),
	cannotRetry: () => ({
		text: 'Esta mensagem não pode ser reenviada.',
		detail: 'Só se reenvia o que falhou antes de chegar ao WhatsApp. Escreva de novo.',
	}),
	fileGone: () => ({
		text: 'Um arquivo não está mais aqui.',
		detail: 'Os arquivos esperam a mensagem por uma hora. Escolha de novo.',
	}),
	fileEmpty: ({ file }) => ({ text: `«${file}» está vazio.`, detail: 'Escolha o arquivo de novo.' }),
	fileTypeRefused: ({ file }) => ({
		text: `O WhatsApp não aceita «${file}».`,
		detail: 'Envie fotos JPEG ou PNG, vídeos MP4, áudios MP3, OGG ou M4A, PDF, Word, Excel, PowerPoint ou texto.',
	}),
	fileTooLarge: ({ file, most }) => ({
		text: `«${file}» é grande demais para o WhatsApp.`,
		detail: `O máximo deste tipo são ${most} MB. Envie um menor, ou a foto como documento.`,
	}),
	uploadTooLarge: ({ most }) => ({
		text: 'O arquivo é grande demais.',
		detail: `Esta caixa de entrada aceita até ${most} MB. Quem administra o n8n pode permitir mais.`,
	}),
	tooManyFiles: () => ({
		text: 'Há arquivos demais esperando sair.',
		detail: 'Envie ou descarte os que já escolheu; os não enviados são apagados em uma hora.',
	}),
	uploadsBusy: () => ({
		text: 'Neste momento muitos arquivos estão sendo enviados.',
		detail: 'Tente de novo em alguns segundos.',
	}),
	uploadSlow: () => ({
		text: 'O arquivo demorou demais para subir.',
		detail: 'Envie de novo, de preferência com outra conexão.',
	}),
	uploadCut: () => ({ text: 'O arquivo não chegou inteiro.', detail: 'Envie de novo.' }),
	noSuchArea: ({ area }) => ({
		text: `A área «${area}» não existe.`,
		detail: 'Escolha uma da lista; se acabou de mudar, carregue a página de novo.',
	}),
	nobodyOnDuty: ({ area }) => ({
		text: `Ninguém de «${area}» está disponível agora.`,
		detail: 'Escolha uma pessoa, ou atribua mais tarde.',
	}),
	unreadableAmount: ({ amount }) => ({
		text: `«${amount}» não é um valor.`,
		detail: 'Escreva em números, por exemplo 1.250.000.',
	}),
	unknownCurrency: ({ currency }) => ({
		text: `«${currency}» não é uma moeda.`,
		detail: 'Escreva as três letras, por exemplo BRL ou USD.',
	}),
	amountTooLarge: () => ({ text: 'É mais do que cabe em um pagamento.', detail: 'Divida em vários.' }),
	cashAgreed: ({ amount }) => ({
		text: `Isto já será pago na entrega: ${amount}.`,
		detail: 'Se combinaram outro valor, cancele esse primeiro.',
	}),
	cashCollected: ({ name }) => ({
		text: `Este dinheiro já foi registrado: ${name} recebeu.`,
		detail: 'Conta uma vez só. Carregue a página de novo para ver.',
	}),
	cashCancelled: () => ({
		text: 'Este pagamento na entrega foi cancelado.',
		detail: 'Combine de novo e depois registre.',
	}),
	cashDiffers: ({ amount }) => ({
		text: `O combinado era ${amount} e chegou outro valor.`,
		detail: 'Escreva na nota o motivo.',
	}),
	paidAlready: ({ amount }) => ({
		text: `O cliente já pagou ${amount} pela mesma coisa.`,
		detail: 'Se você sabe disso, marque e continue.',
	}),
	wonWithoutAmount: () => ({
		text: 'Falta o valor: um lead ganho diz quanto foi vendido.',
		detail: 'Escreva em números, por exemplo 1.250.000.',
	}),
	lostWithoutReason: () => ({
		text: 'Falta o motivo: um lead perdido diz por quê.',
		detail: 'Escreva em poucas palavras, por exemplo: comprou em outro lugar.',
	}),
	noLeadField: ({ field }) => ({ text: `Um lead não tem o campo «${field}».`, detail: 'Carregue a página de novo.' }),
	notAPhone: ({ phone }) => ({
		text: `«${phone}» não é um número de telefone.`,
		detail: 'Escreva com o código do país, por exemplo +55 11 91234 5678.',
	}),
	notAnEmail: ({ email }) => ({ text: `«${email}» não é um e-mail.`, detail: 'Corrija, ou deixe o campo vazio.' }),
	notAnIdentification: ({ identification }) => ({
		text: `«${identification}» não serve como identificação.`,
		detail: 'Veja se o número está completo, com o dígito verificador se houver, ou deixe o campo vazio.',
	}),
	notAName: ({ name }) => ({ text: `«${name}» não é um nome.`, detail: 'Escreva com letras, ou deixe o campo vazio.' }),
	ofAnotherContact: ({ name }) => ({
		text: `Esse dado já é de outro contato: ${name}.`,
		detail: 'Se forem a mesma pessoa, peça que unam os dois contatos. Nada foi mudado.',
	}),
	dueInPast: () => ({ text: 'Essa data já passou.', detail: 'Escolha uma de agora em diante.' }),
	rejectedWithoutReason: () => ({
		text: 'Diga por que você recusa.',
		detail: 'O motivo fica na equipe; o cliente não lê.',
	}),
	approvalExpired: ({ request }) => ({
		text: `O prazo para decidir ${request} terminou.`,
		detail: 'Escreva ao cliente; o assistente pode pedir de novo.',
	}),
	approvalDecided: ({ request }) => ({
		text: `${request} já foi decidido.`,
		detail: 'Carregue a página de novo para ver como ficou.',
	}),
	approvalDecidedBy: ({ request, name }) => ({
		text: `${name} já decidiu ${request}.`,
		detail: 'Carregue a página de novo para ver como ficou.',
	}),
	noName: () => ({ text: 'Falta o nome.', detail: 'Escreva o nome pelo qual os clientes conhecem a pessoa.' }),
	noPhone: ({ name }) => ({
		text: `${name} não tem número de telefone.`,
		detail: 'Adicione primeiro nos ajustes da equipe.',
	}),
	linkNotOffered: () => ({
		text: 'O link não foi oferecido.',
		detail: 'Verifique o número do consultor. Fora das 24 horas do cliente, envie primeiro um modelo aprovado.',
	}),
	onlyAdministrator: ({ name }) => ({
		text: `${name} é a única pessoa que administra.`,
		detail: 'Nomeie outra pessoa primeiro.',
	}),
	notYourself: () => ({ text: 'Você não pode apagar a si mesmo.', detail: 'Peça a outra pessoa que administre.' }),
	hasOpenCases: ({ name, cases }) => ({
		text: `${name} ainda tem casos abertos: ${cases}.`,
		detail: 'Passe para outra pessoa, ou feche primeiro.',
	}),
	noInboxAddress: () => ({
		text: 'A caixa de entrada ainda não sabe o próprio endereço.',
		detail: 'Quem administra o n8n ativa o fluxo com Advisor Inbox Trigger; depois tente de novo.',
	}),
	profileNotValid: ({ count }) => ({
		text: `O perfil não foi salvo: dados a corrigir: ${count}.`,
		detail: 'Estão marcados nos campos. Nada mudou.',
	}),
	profileUnreadable: ({ version }) => ({
		text: `A versão ${version} do perfil não pode ser lida.`,
		detail: 'Quem administra o n8n publica outra ou volta a uma anterior.',
	}),
	noDraft: () => ({
		text: 'Não há nenhum rascunho.',
		detail: 'Alguém o publicou ou descartou. Carregue a página de novo.',
	}),
	noSuchVersion: ({ version }) => ({
		text: `Não há uma versão ${version} do perfil.`,
		detail: 'Escolha uma da lista.',
	}),
	draftOutdated: ({ base, version }) => ({
		text: `O rascunho nasceu da versão ${base}, e desde então foi publicada a ${version}.`,
		detail: 'Descarte-o e faça as mudanças sobre a nova, para não desfazer as de outra pessoa.',
	}),
	testEndsDifferently: ({ test, aspect, found, wanted, others }) => ({
		text: `O teste «${test}» terminaria diferente: ${aspectInWords(aspect)}: ${valueInWords(found)} em vez de ${valueInWords(wanted)}.`,
		detail: `${others === 0 ? '' : `Também outros: ${others}. `}Corrija o rascunho ou mude o teste no n8n. Nada foi publicado.`,
	}),
	textNotSayable: ({ text }) => ({
		text: `Falta algo ao texto «${text}» para poder ser dito.`,
		detail: 'Corrija-o em Textos. Nada foi publicado.',
	}),
	profileChanged: () => ({
		text: 'Não foi publicado: alguém mudou o perfil enquanto isso.',
		detail: 'Veja como ficou e publique de novo.',
	}),
	noLinkingCredential: () => ({
		text: 'Esta caixa de entrada ainda não pode vincular números.',
		detail: 'Quem administra o n8n escolhe a credencial do WhatsApp Cloud em Advisor Inbox Trigger.',
	}),
	noSignupConfiguration: () => ({
		text: 'Falta a configuração do cadastro da Meta para vincular números.',
		detail: 'Quem administra o n8n a coloca na credencial do WhatsApp Cloud.',
	}),
	notDigits: ({ id }) => ({
		text: `«${id}» não é um identificador da Meta: só leva dígitos.`,
		detail: 'Copie do painel do app da Meta, em WhatsApp, Configuração da API.',
	}),
	tokenTooShort: () => ({
		text: 'O token de acesso está incompleto.',
		detail: 'Cole o token permanente de um usuário do sistema com acesso ao app e a esta conta.',
	}),
	notPhones: ({ numbers }) => ({
		text: `Estes não são números de telefone: ${numbers}.`,
		detail: 'Escreva cada um com o código do país, por exemplo +55 11 91234 5678.',
	}),
	notLinked: () => ({
		text: 'Este número não está vinculado.',
		detail: 'Vincule primeiro; depois há 24 horas para pedir contatos e histórico.',
	}),
	impossibleChat: () => ({
		text: 'O Wazzup indicou um chat que não pode existir.',
		detail: 'Abra o chat no Wazzup outra vez.',
	}),
	noWazzup: () => ({
		text: 'Esta caixa de entrada não tem conta do Wazzup.',
		detail: 'Quem administra o n8n a escolhe em Advisor Inbox Trigger.',
	}),
	wazzupSilent: () => ({ text: 'O Wazzup não responde neste momento.', detail: 'Tente de novo daqui a pouco.' }),
	wazzupElsewhere: () => ({
		text: 'O Wazzup respondeu com um endereço que não é dele.',
		detail: 'Nada foi aberto. Avise quem administra o n8n.',
	}),
	noWazzupChat: () => ({
		text: 'Este cliente não tem chat no Wazzup.',
		detail: 'Escreveu sem número de telefone e por nenhum outro canal.',
	}),
	wrongLogin: () => ({
		text: 'A conta ou a senha não confere.',
		detail: 'Confira as duas, ou peça um link de acesso a quem administra a caixa de entrada.',
	}),
	tooManyLogins: ({ seconds }) => ({
		text: 'Tentativas demais de entrar.',
		detail: `Tente de novo em ${wait(seconds)}, ou peça um link de acesso.`,
	}),
	loginBusy: () => ({
		text: 'Muita gente está entrando neste momento.',
		detail: 'Espere alguns segundos e tente de novo.',
	}),
	linkEnded: () => ({
		text: 'Este link não funciona mais.',
		detail: 'Abre uma única vez, por 15 minutos. Peça um novo a quem administra a caixa de entrada.',
	}),
	passwordShort: ({ least }) => ({
		text: 'A senha é curta demais.',
		detail: `Use pelo menos ${least} caracteres: três ou quatro palavras são fáceis de lembrar.`,
	}),
	passwordLong: ({ most }) => ({ text: 'A senha é longa demais.', detail: `Use no máximo ${most} caracteres.` }),
	passwordSimple: () => ({
		text: 'A senha é simples demais.',
		detail: 'Escolha uma com mais letras ou números diferentes.',
	}),
	passwordOfName: () => ({
		text: 'A senha é feita com um nome.',
		detail: 'Escolha uma sem seu nome, e-mail ou número, nem o nome da empresa.',
	}),
	wrongPassword: () => ({ text: 'A senha atual não é essa.', detail: 'Escreva a senha com que você entrou.' }),
	passwordChanged: () => ({
		text: 'A senha foi mudada em outro lugar enquanto isso.',
		detail: 'Entre de novo com a nova.',
	}),
	notEncrypted: () => ({
		text: 'A caixa de entrada só abre com uma conexão cifrada.',
		detail: 'Abra a página com «https://». Quem administra o n8n pode colocar um certificado.',
	}),
	loggedOut: () => ({ text: 'Sua sessão terminou.', detail: 'Entre de novo.' }),
	otherSession: () => ({ text: 'Esta página é de outra sessão.', detail: 'Carregue de novo e repita.' }),
	tooManyPages: () => ({ text: 'Há páginas demais da caixa de entrada abertas.', detail: 'Feche algumas.' }),
	notNow: () => ({
		text: 'Isso não funcionou agora.',
		detail: 'Tente de novo em um momento. Se continuar, quem administra o n8n encontra a razão no registro.',
	}),
	notAllowed: () => ({
		text: 'Seu papel não permite fazer isso.',
		detail: 'Peça a quem supervisiona ou administra sua equipe.',
	}),
	notFound: () => ({
		text: 'Não existe mais ou você não pode mais ver.',
		detail: 'Pode ter sido atribuído a outra pessoa, unido a outro ou apagado.',
	}),
	unusableValue: () => ({
		text: 'Há um dado que não serve assim.',
		detail: 'Corrija e tente de novo. Se a página está aberta há muito tempo, carregue de novo.',
	}),
	tooLong: ({ most }) => ({ text: 'O texto é longo demais.', detail: `Use no máximo ${most} letras.` }),
	requestTooLarge: () => ({ text: 'É demais para uma só vez.', detail: 'Envie menos de cada vez.' }),
	listMoved: () => ({ text: 'A lista não pode continuar daí.', detail: 'Carregue a página de novo.' }),
	requestUsed: () => ({
		text: 'Isso se cruzou com outra ação sua.',
		detail: 'Carregue a página de novo e repita o que queria fazer.',
	}),
	mergedMeanwhile: () => ({ text: 'Este cliente foi unido a outro enquanto isso.', detail: 'Tente de novo.' }),
};
