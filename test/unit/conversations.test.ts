import { advisors, Dialogue, known, type Act } from '../support/dialogue';

interface Conversation {
	readonly title: string;
	readonly who: 'new' | 'known';
	/** Whether the team is registered; else any advisor's name is taken as it is. */
	readonly team?: boolean;
	/** What the customer sends, and the sentences of the one bubble that comes back; nothing when the bot is silent. */
	readonly turns: ReadonlyArray<readonly [said: string, keys: string]>;
	/** Kind and subject of the cases that come of it. */
	readonly cases: readonly string[];
}

/** `@image` sends a file, `@image:words` one with a caption, `>id` taps a button, ` | ` stands between messages of one turn. */
function actOf(said: string): Act {
	if (said.startsWith('>')) return { tap: said.slice(1) };
	if (!said.startsWith('@')) return said;
	const [file, caption] = said.slice(1).split(':');
	const kind = file as 'image' | 'document' | 'voice' | 'sticker';
	return caption === undefined ? { file: kind } : { file: kind, caption };
}

const actsOf = (said: string): Act[] =>
	said.split(' | ').map((part) => {
		if (part === '@location') return { content: { type: 'location', location: { latitude: 4.6, longitude: -74.1 } } };
		if (part === '@reaction') return { content: { type: 'reaction', reaction: { messageId: 'm', emoji: '👍' } } };
		return actOf(part);
	});

const conversations: readonly Conversation[] = [
	{
		title: 'announces the proof of a payment, which is the need itself and no wish for time',
		who: 'known',
		turns: [
			['hola', 'B1 B2'],
			['ya les mando el soporte de pago', 'E2 I'],
			['@image', 'H1 H2'],
		],
		cases: ['billing: ya les mando el soporte de pago'],
	},
	{
		title: 'sends the identification later, in a picture too',
		who: 'new',
		turns: [
			['hola', 'A1 A2'],
			['ahora le envío mi nombre', 'G2'],
			['Luis Mora', 'A3'],
			['ya le mando la foto de la cédula', ''],
			['@image', 'attachment_received A3'],
			['1020304050', 'A4'],
		],
		cases: [],
	},
	{
		title: 'asks for somebody by name alone: a person takes over',
		who: 'known',
		team: true,
		turns: [
			['hola', 'B1 B2'],
			['¿está Andrés?', 'take_over'],
		],
		cases: [],
	},
	{
		title: 'numbers the lines of a list: the numbers in front count nothing',
		who: 'known',
		turns: [
			[
				'Necesito cotizar lo siguiente:\n1. Portátil HP 240 G9 x 3\n2. Mouse inalámbrico x 3\n3. Base refrigerante x 3',
				'B1 D2',
			],
			['formal', 'D3'],
		],
		cases: ['quotation: Portátil HP 240 G9 x 3, Mouse inalámbrico x 3, Base refrigerante x 3'],
	},
	{
		title: 'answers in pieces: thing, number and colour of one turn belong together',
		who: 'known',
		turns: [
			['cotizar', 'B1 D1'],
			['sillas | 5 | negras', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 5 sillas · negras'],
	},
	{
		title: 'sends the proof of a payment, which is no support',
		who: 'known',
		turns: [['@image:este es el soporte | ya les pagué el pedido 8899', 'E2 I']],
		cases: ['billing: este es el soporte'],
	},
	{
		title: 'wants things and a repair',
		who: 'known',
		turns: [
			['necesito 3 cosas: una impresora, un scanner y que me reparen un portátil', 'B1 two_needs'],
			['la segunda', 'E2 I another_need'],
		],
		cases: ['support: me reparen un portátil'],
	},
	{
		title: 'copies a line of the menu',
		who: 'known',
		turns: [
			['hola', 'B1 B2'],
			['3️⃣ Otro motivo (soporte técnico, documentación, facturación o área financiera)', 'E1'],
			['2', 'F2'],
		],
		cases: [],
	},
	{
		title: 'wants one of something else instead of two',
		who: 'known',
		turns: [
			['cotizar 2 mouse', 'B1 D2'],
			['mejor una impresora', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 1 impresora'],
	},
	{
		title: 'changes how many while a choice waits',
		who: 'known',
		turns: [
			['1 mouse', 'B1 D2'],
			['que sean 3', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 3 mouse'],
	},
	{
		title: 'taps beside: a bare number that is no choice changes nothing',
		who: 'known',
		turns: [
			['cotizar 2 mouse', 'B1 D2'],
			['3', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 2 mouse'],
	},
	{
		title: 'finds in the middle that this is the wrong number',
		who: 'known',
		turns: [
			['cotizar 2 mouse', 'B1 D2'],
			['uy perdón, número equivocado', 'cancelled'],
		],
		cases: [],
	},
	{
		title: 'says in pieces what does not work: the pieces are no needs of their own',
		who: 'known',
		turns: [['mi impresora no imprime | la hp | ayuda | urgente', 'E2 I']],
		cases: ['support: mi impresora no imprime. la hp'],
	},
	{
		title: 'wants last month’s order once more',
		who: 'known',
		turns: [
			['me repiten el pedido del mes pasado?', 'B1 D1'],
			['5 resmas de papel', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 5 resmas de papel'],
	},
	{
		title: 'joins things with a plus',
		who: 'known',
		turns: [
			['cotización 2 portátiles HP i7 + 1 impresora láser, entrega en Cali', 'B1 D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 2 portátiles HP i7, 1 impresora láser'],
	},
	{
		title: 'wants nothing but the catalogue',
		who: 'known',
		turns: [
			['quiero ver el catálogo', 'B1 D2'],
			['no, solo quiero el catálogo', 'D3'],
		],
		cases: ['information: catálogo'],
	},
	{
		title: 'wants something else afterwards, whatever it is',
		who: 'known',
		turns: [
			['cotizar 3 ups', 'B1 D2'],
			['formal', 'D3'],
			['otra cosa', 'menu'],
			['factura', 'E2 I'],
		],
		cases: ['quotation: 3 ups', 'billing: factura'],
	},
	{
		title: 'names only “some things”, which is asked for once more',
		who: 'known',
		turns: [
			['que me coticen unas cositas', 'B1 D1'],
			['10 lapiceros y 5 cuadernos', 'D2'],
			['la formal papi', 'D3'],
		],
		cases: ['quotation: 10 lapiceros y 5 cuadernos'],
	},
	{
		title: 'asks how one is first',
		who: 'known',
		turns: [
			['hola vecino', 'B1 B2'],
			['cómo me le va', 'menu'],
			['bien y usted?', 'menu'],
			['necesito un favorcito, cotizar una silla', 'D2'],
		],
		cases: [],
	},
	{
		title: 'thanks for nothing',
		who: 'known',
		turns: [['gracias por nada', 'take_over_complaint']],
		cases: [],
	},
	{
		title: 'greets in the middle: sees the menu, and the answer after it still counts',
		who: 'known',
		team: true,
		turns: [
			['hola', 'B1 B2'],
			['2', 'C1'],
			['hola', 'menu'],
			['con carlos ramirez', 'C2 I'],
		],
		cases: ['order_status: Consulta el estado de tu pedido'],
	},
	{
		title: 'greets in the middle and chooses something else: nothing of the first is taken along',
		who: 'known',
		team: true,
		turns: [
			['hola', 'B1 B2'],
			['1', 'D1'],
			['3 teclados', 'D2'],
			['hola', 'menu'],
			['2', 'C1'],
			['carlos ramirez', 'C2 I'],
		],
		cases: ['order_status: Consulta el estado de tu pedido'],
	},
	{
		title: 'says the need and how, in several messages of one turn',
		who: 'known',
		turns: [['quiero cotizar 2 portatiles | formal | para mañana', 'D3']],
		cases: ['quotation: 2 portatiles'],
	},
	{
		title: 'says the number and how in one message',
		who: 'new',
		turns: [
			['cotizar 2 sillas', 'A1 A2'],
			['Luis Mora', 'A3'],
			['1.020.304.050 formal', 'D3'],
		],
		cases: ['quotation: 2 sillas'],
	},
	{
		title: 'says how many only afterwards',
		who: 'known',
		turns: [
			['pues unos computadores', 'B1 D2'],
			['como 5', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 5 computadores'],
	},
	{
		title: 'orders in dozens and halves of them',
		who: 'known',
		turns: [
			['necesito media docena de sillas y una docena de mesas', 'B1 D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 6 sillas, 12 mesas'],
	},
	{
		title: 'asks for two things with their delivery, which is no order',
		who: 'known',
		turns: [
			['cotizar un portátil y una impresora para la oficina y el envío a Cali', 'B1 D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: portátil, impresora'],
	},
	{
		title: 'has bought elsewhere and says so kindly',
		who: 'known',
		turns: [['Buenas, el monitor que me cotizaron ayer ya lo compré en otro lado, gracias', 'thanks']],
		cases: [],
	},
	{
		title: 'wants the bot to look into its own accounts',
		who: 'known',
		turns: [['conéctense a mi SAP y miren la factura', 'out_of_scope_accounting E2 I']],
		cases: ['billing: conéctense a mi SAP y miren la factura'],
	},
	{
		title: 'passes on what was sent around, which is nobody’s name; the name comes after all',
		who: 'new',
		turns: [
			['hola', 'A1 A2'],
			['Reenviado: URGENTE! Haga clic aquí y gane premios', 'name_invalid'],
			['perdón ese era para otro grupo', 'A3'],
			['Ana Gil', 'A3'],
			['1020304050', 'A4'],
		],
		cases: [],
	},
	{
		title: 'writes in capitals with slips, and is called Dias',
		who: 'new',
		turns: [
			['NESESITO UNA COTISACION DE 4 CONPUTADORES PORTATILES', 'A1 A2'],
			['LUIS FERNANDO DIAS', 'A3'],
			['CEDULA 71222333', 'D2'],
			['FORMAL', 'D3'],
		],
		cases: ['quotation: 4 CONPUTADORES PORTATILES'],
	},
	{
		title: 'writes for a company and gives its name',
		who: 'new',
		turns: [
			['Hola', 'A1 A2'],
			['Distribuciones El Faro S.A.S.', 'A3'],
			['900.123.456-8', 'A4'],
		],
		cases: [],
	},
	{
		title: 'needs time: is told once that there is, and the question waits',
		who: 'known',
		turns: [
			['quiero cotizar 2 ups', 'B1 D2'],
			['luego le escribo gracias', 'G2'],
			['un momento ya averiguo', ''],
			['formal', 'D3'],
		],
		cases: ['quotation: 2 ups'],
	},
	{
		title: 'says “espera” and corrects, which asks for no time',
		who: 'known',
		turns: [
			['quiero cotizar 2 ups', 'B1 D2'],
			['espera un momento son tres', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 3 ups'],
	},
	{
		title: 'looks for the advisor’s name first',
		who: 'known',
		team: true,
		turns: [
			['mi pedido', 'B1 C1'],
			['espera que busco el nombre', 'G2'],
			['carlos', 'C2 I'],
		],
		cases: ['order_status: mi pedido'],
	},
	{
		title: 'is still there, which is no detail of the request',
		who: 'known',
		turns: [
			['cotizar una impresora', 'B1 D2'],
			['sí sigo aquí', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: impresora'],
	},
	{
		title: 'wants both of two kinds',
		who: 'known',
		turns: [
			['quiero cotizar un portatil', 'B1 D2'],
			['las dos porfa', 'D3'],
		],
		cases: ['quotation: portatil'],
	},
	{
		title: 'tells more twice where a choice was asked, and is asked once more',
		who: 'known',
		turns: [
			['Quiero cotizar 20 portátiles', 'B1 D2'],
			['perdón son 25', 'D2'],
			['y que sean lenovo', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 25 portátiles · y que sean lenovo'],
	},
	{
		title: 'is somebody else on the same phone, who wants something else instead',
		who: 'known',
		turns: [
			['cotizar 10 sillas', 'B1 D2'],
			['espere le paso a mi esposa', 'G2'],
			['Hola soy Marta, en vez de sillas son escritorios', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 10 escritorios'],
	},
	{
		title: 'has not been answered by anybody',
		who: 'known',
		turns: [
			['se dañó el servidor', 'E2 I'],
			['nadie me ha contestado', 'take_over_complaint'],
		],
		cases: ['support: se dañó el servidor'],
	},
	{
		title: 'says a number with words around it, which are no description',
		who: 'new',
		turns: [
			['Hola necesito soporte', 'A1 A2'],
			['Luz Dary Ospina', 'A3'],
			['mi cedula es la 24.333.111', 'F2'],
			['la impresora hp no imprime', 'area_notified I'],
		],
		cases: ['support: la impresora hp no imprime'],
	},
	{
		title: 'says what it is about right behind the number',
		who: 'new',
		turns: [
			['Hola necesito cotizar', 'A1 A2'],
			['Luz Dary Ospina', 'A3'],
			['24333111, son 3 impresoras epson', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 3 impresoras epson'],
	},
	{
		title: 'names the company of the number, which is no product',
		who: 'new',
		turns: [
			['Hola necesito cotizar', 'A1 A2'],
			['Luz Dary Ospina', 'A3'],
			['el nit de la empresa es 900.123.456-8 Suministros Alfa', 'D1'],
			['5 sillas', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 5 sillas'],
	},
	{
		title: 'orders several things in one sentence',
		who: 'known',
		turns: [
			['cotizar 10 mouse, 10 teclados y 5 monitores', 'B1 D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 10 mouse, 10 teclados y 5 monitores'],
	},
	{
		title: 'lists things, one of them unknown to the vocabulary, and goes on with something else',
		who: 'known',
		turns: [
			['cotizar 10 mouse, 20 resaltadores, una impresora. Es para la sede de Bogotá', 'B1 D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 10 mouse, 20 resaltadores, impresora'],
	},
	{
		title: 'wants three things: one after the other, none is lost',
		who: 'known',
		turns: [
			[
				'necesito la factura de la compra pasada, cotizar 3 monitores y saber si ya despacharon lo de ayer',
				'B1 two_needs',
			],
			['primero la factura', 'E2 I another_need'],
			['si', 'D2'],
			['formal', 'D3 another_need'],
			['si', 'C1'],
			['no me acuerdo', 'C2 I'],
		],
		cases: [
			'billing: necesito la factura de la compra pasada',
			'quotation: 3 monitores',
			'order_status: saber si ya despacharon lo de ayer',
		],
	},
	{
		title: 'names a paper beside a quotation',
		who: 'known',
		turns: [
			['necesito cotizar 3 monitores y la factura de ayer', 'B1 two_needs'],
			['1', 'D2'],
			['formal', 'D3 another_need'],
			['si', 'E2 I'],
		],
		cases: ['quotation: 3 monitores', 'billing: la factura de ayer'],
	},
	{
		title: 'comes back to what was left: the product is still known',
		who: 'known',
		team: true,
		turns: [
			['quiero cotizar un monitor', 'B1 D2'],
			['ah no mejor dígame dónde va mi pedido', 'C1'],
			['con laura', 'C2 I another_need'],
			['si', 'D2'],
			['formal', 'D3'],
		],
		cases: ['order_status: ah no mejor dígame dónde va mi pedido', 'quotation: monitor'],
	},
	{
		title: 'comes back by itself to what was left: it waits no more',
		who: 'known',
		team: true,
		turns: [
			['quiero cotizar un monitor', 'B1 D2'],
			['dónde va mi pedido?', 'C1'],
			['volvamos a la cotización del monitor', 'D2'],
			['formal', 'D3 another_need'],
			['no gracias', 'thanks'],
		],
		cases: ['quotation: monitor'],
	},
	{
		title: 'throws in a word more after a question about a payment',
		who: 'known',
		turns: [
			['a qué cuenta les consigno el pago?', 'E2 I'],
			['bancolombia?', 'H1 H2'],
			['y el nequi?', ''],
			['necesito la factura de mi compra', 'E2 I'],
		],
		cases: ['billing: a qué cuenta les consigno el pago?', 'billing: necesito la factura de mi compra'],
	},
	{
		title: 'does not want any more what was registered, and then something else',
		who: 'known',
		turns: [
			['cotizar 3 ups', 'B1 D2'],
			['formal', 'D3'],
			['ya no, déjenlo así', 'cancelled'],
			['olvídenlo', ''],
			['cotizar 2 ups', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 3 ups', 'quotation: 2 ups'],
	},
	{
		title: 'drops the case while a person is waited for',
		who: 'known',
		turns: [
			['mi impresora no enciende', 'E2 I'],
			['quiero hablar con un asesor', 'take_over'],
			['ya no lo necesito, gracias', 'cancelled'],
		],
		cases: ['support: mi impresora no enciende'],
	},
	{
		title: 'corrects product and number',
		who: 'new',
		turns: [
			['quiero cotizar impresora', 'A1 A2'],
			['Ana Ruiz', 'A3'],
			['1020304050', 'D2'],
			['no, mejor 5 portátiles', 'D2'],
			['perdón, era 10', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 10 portátiles'],
	},
	{
		title: 'corrects three times',
		who: 'known',
		turns: [
			['cotizar una impresora', 'B1 D2'],
			['mejor la HP', 'D2'],
			['cambié de idea, impresoras', 'D2'],
			['no, quise decir 3 scanner', 'D3'],
			['general', 'H1 H2'],
		],
		cases: ['quotation: 3 scanner'],
	},
	{
		title: 'corrects the number',
		who: 'known',
		turns: [
			['necesito 10 computadores', 'B1 D2'],
			['perdon eran 12', 'D2'],
			['cotizacion formal', 'D3'],
		],
		cases: ['quotation: 12 computadores'],
	},
	{
		title: 'corrects number after “no espera”',
		who: 'known',
		turns: [
			['quiero cotizar', 'B1 D1'],
			['20 portatiles', 'D2'],
			['no espera, 15 portatiles', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 15 portatiles'],
	},
	{
		title: 'order without advisor',
		who: 'new',
		turns: [
			['hola', 'A1 A2'],
			['Marta Rincón', 'A3'],
			['52123456', 'A4'],
			['2', 'C1'],
			['no me acuerdo', 'advisor_given_up I'],
		],
		cases: ['order_status: Consulta el estado de tu pedido'],
	},
	{
		title: 'order with advisor in one go',
		who: 'known',
		team: true,
		turns: [['mi pedido 4521 no ha llegado, me atendió Carlos Ramírez', 'C2 I']],
		cases: ['order_status: 4521'],
	},
	{
		title: 'two needs',
		who: 'known',
		turns: [
			['necesito cotizar 5 monitores y que me manden la factura de la compra anterior', 'B1 two_needs'],
			['la cotización', 'D2'],
			['solo información', 'D3 another_need'],
			['sí', 'E2 I'],
		],
		cases: ['information: 5 monitores', 'billing: me manden la factura de la compra anterior'],
	},
	{
		title: 'two needs, la segunda',
		who: 'known',
		turns: [
			['quiero saber de mi pedido y cotizar unos toner', 'B1 two_needs'],
			['la segunda', 'D2'],
			['formal', 'D3 another_need'],
			['no gracias', 'thanks'],
		],
		cases: ['quotation: toner'],
	},
	{
		title: 'voice first',
		who: 'new',
		turns: [
			['@voice', 'A1 voice_note'],
			['necesito cotizar 3 escáneres', 'A2'],
			['Luis Peña', 'A3'],
			['79456123', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 3 escáneres'],
	},
	{
		title: 'insults',
		who: 'new',
		turns: [
			['son unos hijueputas, nadie contesta', 'A1 take_over_complaint'],
			['hola?', 'human_waiting'],
		],
		cases: [],
	},
	{
		title: 'price only',
		who: 'new',
		turns: [
			['precio', 'A1 A2'],
			['Juan Pérez', 'A3'],
			['1020304050', 'D1'],
			['impresora epson l3250', 'D2'],
			['solo precio', 'D3'],
		],
		cases: ['information: impresora epson l3250'],
	},
	{
		title: 'company with NIT',
		who: 'new',
		turns: [
			[
				'Buenas tardes, somos Ferretería El Tornillo SAS, NIT 900123456-8, necesitamos cotización formal de 12 computadores',
				'A1 A2',
			],
			['Claudia Pérez', 'D3'],
		],
		cases: ['quotation: 12 computadores'],
	},
	{
		title: 'foreigner',
		who: 'new',
		turns: [
			['hola', 'A1 A2'],
			['John Smith', 'A3'],
			['passport AB123456', 'A4'],
			['1', 'D1'],
		],
		cases: [],
	},
	{
		title: 'volver in the middle',
		who: 'known',
		turns: [
			['1', 'menu'],
			['volver', 'menu'],
			['2', 'C1'],
		],
		cases: [],
	},
	{
		title: 'wrong menu number',
		who: 'known',
		turns: [
			['hola', 'B1 B2'],
			['4', 'menu'],
			['0', 'not_understood A4'],
			['9', 'take_over'],
		],
		cases: [],
	},
	{
		title: '1 y 3',
		who: 'known',
		turns: [
			['hola', 'B1 B2'],
			['1 y 3', 'D1'],
		],
		cases: [],
	},
	{
		title: 'emoji digit',
		who: 'known',
		turns: [
			['hola', 'B1 B2'],
			['2️⃣', 'C1'],
		],
		cases: [],
	},
	{
		title: 'several answers in one message',
		who: 'new',
		turns: [
			['hola', 'A1 A2'],
			['Ana Gil, 1020304050, quiero cotizar 4 sillas gamer formal', 'D3'],
		],
		cases: ['quotation: 4 sillas gamer'],
	},
	{
		title: 'out of order',
		who: 'new',
		turns: [
			['hola', 'A1 A2'],
			['quiero cotizar', 'A2'],
			['Ana Gil', 'A3'],
			['formal', 'A3'],
			['1020304050', 'D1'],
			['un video beam', 'D3'],
		],
		cases: ['quotation: video beam'],
	},
	{ title: 'old button', who: 'known', turns: [['>answer:process:billing', 'B1 F2']], cases: [] },
	{
		title: 'old advisor',
		who: 'known',
		team: true,
		turns: [['>answer:advisor:Carla Rojas', 'C2 I']],
		cases: ['order_status: Consulta el estado de tu pedido'],
	},
	{
		title: 'duplicates',
		who: 'known',
		turns: [
			['cotizar 3 monitores', 'B1 D2'],
			['formal', 'D3'],
			['necesito cotizar monitores', 'H1 H2'],
			['me urge', ''],
			['y son negros', ''],
		],
		cases: ['quotation: 3 monitores'],
	},
	{
		title: 'es otra solicitud',
		who: 'known',
		turns: [
			['cotizar 3 monitores', 'B1 D2'],
			['formal', 'D3'],
			['necesito cotizar otros monitores', 'H1 H2'],
			['es otra solicitud', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 3 monitores', 'quotation: monitores'],
	},
	{
		title: 'returning no need',
		who: 'known',
		turns: [
			['hola', 'B1 B2'],
			['mi pedido', 'C1'],
			['no recuerdo', 'C2 I'],
		],
		cases: ['order_status: Consulta el estado de tu pedido'],
	},
	{
		title: 'optout/in',
		who: 'known',
		turns: [
			['hola', 'B1 B2'],
			['no me escriban más', 'opted_out'],
			['hola', 'opted_out_before'],
			['sí', 'opted_in menu'],
			['1', 'D1'],
		],
		cases: [],
	},
	{
		title: 'english on es-only',
		who: 'new',
		turns: [
			['hello', 'A1 A2'],
			['John Smith', 'A3'],
			['passport AB123456', 'A4'],
			['I need a quote for 5 laptops', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 5 laptops'],
	},
	{
		title: 'portuguese',
		who: 'new',
		turns: [
			['oi, bom dia', 'A1 A2'],
			['João Silva', 'A3'],
			['não tenho', 'A4'],
			['quero um orçamento de 3 notebooks', 'D2'],
		],
		cases: [],
	},
	{
		title: 'e-mail pasted',
		who: 'known',
		turns: [
			[
				'Buenos días. Estimados señores: De acuerdo con nuestra conversación telefónica del día de ayer, me permito solicitarles amablemente cotización de los siguientes elementos: 10 computadores portátiles Core i5 de 16 GB, 5 impresoras multifuncionales, 20 mouse inalámbricos. Favor enviar la propuesta al correo compras@acme.com.co. Quedo atento. Cordialmente, Jorge Rodríguez, Jefe de compras.',
				'B1 D2',
			],
		],
		cases: [],
	},
	{
		title: 'e-mail pasted new',
		who: 'new',
		turns: [
			[
				'Buenos días. Me permito solicitarles cotización de 10 computadores portátiles Core i5 y 5 impresoras. Enviar al correo compras@acme.com.co. Cordialmente, Jorge Rodríguez',
				'A1 A3',
			],
			['Jorge Rodríguez', 'identification_missing'],
			['900123456', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 10 computadores portátiles Core i5 y 5 impresoras'],
	},
	{
		title: 'no thanks after',
		who: 'new',
		turns: [
			['hola', 'A1 A2'],
			['no gracias', 'A2'],
		],
		cases: [],
	},
	{
		title: 'question back',
		who: 'new',
		turns: [
			['hola', 'A1 A2'],
			['para qué quieren mi nombre?', 'name_invalid'],
			['Juan Pérez', 'A3'],
			['para qué necesitan mi cédula?', 'identification_missing'],
			['no la voy a dar', 'A4'],
			['1', 'D1'],
		],
		cases: [],
	},
	{ title: 'what hours', who: 'known', turns: [['a qué hora abren?', 'business_hours A4']], cases: [] },
	{ title: 'address', who: 'known', turns: [['dónde quedan ubicados?', 'B1 D1']], cases: [] },
	{
		title: 'angry mid-flow',
		who: 'known',
		turns: [
			['cotizar 2 portátiles', 'B1 D2'],
			['qué demora tan terrible, ya no quiero nada', 'take_over_complaint'],
		],
		cases: [],
	},
	{
		title: 'never mind',
		who: 'known',
		turns: [
			['cotizar 2 portátiles', 'B1 D2'],
			['ya no, gracias', 'cancelled'],
		],
		cases: [],
	},
	{
		title: 'cancel',
		who: 'known',
		turns: [
			['cotizar', 'B1 D1'],
			['cancelar', 'cancelled'],
		],
		cases: [],
	},
	{
		title: 'menu spelled',
		who: 'new',
		turns: [
			['menu', 'menu'],
			['la uno', 'A2'],
			['Pedro Gil', 'A3'],
			['79456123', 'D1'],
			['teclado', 'D2'],
			['lo formal', 'D3'],
		],
		cases: ['quotation: teclado'],
	},
	{
		title: 'advisor ambiguous',
		who: 'known',
		team: true,
		turns: [
			['2', 'menu'],
			['Carlos', 'not_understood A4'],
			['no, Carla', 'take_over'],
		],
		cases: [],
	},
	{
		title: 'advisor is a company person unknown',
		who: 'known',
		team: true,
		turns: [
			['hola', 'B1 B2'],
			['2', 'C1'],
			['con Zutano', 'advisor_not_found'],
			['con el gordito de ventas', 'C2 I'],
			['gracias', 'thanks'],
		],
		cases: ['order_status: Consulta el estado de tu pedido'],
	},
	{
		title: 'advisor text with order number',
		who: 'known',
		team: true,
		turns: [
			['dónde está mi pedido', 'B1 C1'],
			['el pedido 8891 lo hizo Laura', 'C2 I'],
		],
		cases: ['order_status: 8891'],
	},
	{
		title: 'support details asked',
		who: 'known',
		turns: [
			['3', 'menu'],
			['soporte', 'F2'],
			['el computador no prende desde ayer', 'E2 I'],
			['gracias', 'thanks'],
		],
		cases: ['support: el computador no prende desde ayer'],
	},
	{
		title: 'documents',
		who: 'known',
		turns: [
			['3', 'menu'],
			['documentos', 'F2'],
			['necesito la cámara de comercio', 'E2 I'],
			['ok', ''],
		],
		cases: ['documents: necesito la cámara de comercio'],
	},
	{
		title: 'billing by words',
		who: 'known',
		turns: [
			['3', 'menu'],
			['pagos', 'F2'],
			['ya pagué la factura 2231 y me sigue apareciendo', 'E2 I'],
		],
		cases: ['billing: ya pagué la factura 2231 y me sigue apareciendo'],
	},
	{
		title: 'E1 free',
		who: 'known',
		turns: [
			['hola', 'B1 B2'],
			['3', 'E1'],
			['quiero cambiar un producto que salió malo', 'E2 I'],
		],
		cases: ['support: quiero cambiar un producto que salió malo'],
	},
	{
		title: 'E1 unclear',
		who: 'known',
		turns: [
			['hola', 'B1 B2'],
			['3', 'E1'],
			['es un tema delicado', 'E1'],
			['otro', 'E2 I'],
			['es sobre mi contrato laboral', 'H1 H2'],
		],
		cases: ['other: es un tema delicado'],
	},
	{
		title: 'image with caption then no text new',
		who: 'new',
		turns: [
			['@image:mi impresora saca estas rayas', 'A1 attachment_received A2'],
			['Ana Gil', 'A3'],
			['52123456', 'area_notified I'],
		],
		cases: ['support: mi impresora saca estas rayas'],
	},
	{
		title: 'image during id',
		who: 'new',
		turns: [
			['hola', 'A1 A2'],
			['Ana Gil', 'A3'],
			['@image', 'attachment_received A3'],
			['52123456', 'A4'],
			['2', 'C1'],
		],
		cases: [],
	},
	{
		title: 'image when product asked',
		who: 'known',
		turns: [
			['1', 'menu'],
			['@image', 'attachment_image'],
		],
		cases: [],
	},
	{
		title: 'image when product asked 2',
		who: 'known',
		turns: [
			['hola', 'B1 B2'],
			['1', 'D1'],
			['@image', 'attachment_image'],
			['es este monitor, necesito 2', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 2 monitor'],
	},
	{
		title: 'voice during id',
		who: 'new',
		turns: [
			['hola', 'A1 A2'],
			['@voice', 'voice_note'],
			['Ana Gil', 'A3'],
		],
		cases: [],
	},
	{
		title: 'voice twice during flow',
		who: 'known',
		turns: [
			['cotizar 2 mouse', 'B1 D2'],
			['@voice', 'voice_note'],
			['@voice', 'D3'],
		],
		cases: ['quotation: 2 mouse'],
	},
	{
		title: 'location',
		who: 'known',
		turns: [
			['cotizar 2 mouse', 'B1 D2'],
			['@location', 'D2'],
		],
		cases: [],
	},
	{
		title: 'thanks in the middle',
		who: 'known',
		turns: [
			['cotizar 2 mouse', 'B1 D2'],
			['gracias', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 2 mouse'],
	},
	{
		title: 'greeting in the middle',
		who: 'new',
		turns: [
			['hola', 'A1 A2'],
			['Ana Gil', 'A3'],
			['buenas tardes', 'menu'],
			['52123456', 'A4'],
		],
		cases: [],
	},
	{
		title: 'phone as id twice',
		who: 'new',
		turns: [
			['hola', 'A1 A2'],
			['Ana Gil', 'A3'],
			['3101234567', 'identification_phone'],
			['es mi celular', 'identification_missing'],
			['no tengo cédula', 'A4'],
		],
		cases: [],
	},
	{
		title: 'name + need together',
		who: 'new',
		turns: [
			['hola', 'A1 A2'],
			['Ana Gil y quiero saber de mi pedido', 'A3'],
			['52123456', 'C1'],
			['no recuerdo', 'advisor_given_up I'],
		],
		cases: ['order_status: quiero saber de mi pedido'],
	},
	{
		title: 'two messages split',
		who: 'new',
		turns: [
			['hola | buenas', 'A1 A2'],
			['Ana | Gil', 'A3'],
			['52123456', 'A4'],
		],
		cases: [],
	},
	{
		title: 'human at the name',
		who: 'new',
		turns: [
			['hola', 'A1 A2'],
			['quiero hablar con una persona', 'take_over'],
		],
		cases: [],
	},
	{
		title: 'human with need at name',
		who: 'new',
		turns: [
			['hola', 'A1 A2'],
			['necesito un asesor que me cotice 5 portátiles', 'A2'],
			['Ana Gil', 'A3'],
		],
		cases: [],
	},
	{
		title: 'many messages',
		who: 'known',
		turns: [['buenas | una pregunta | ustedes venden | impresoras | de las que imprimen en color?', 'B1 D2']],
		cases: [],
	},
	{
		title: 'long unplaceable',
		who: 'known',
		turns: [
			['hola', 'B1 B2'],
			[
				'mire lo que pasa es que yo hablé la semana pasada con un muchacho de ustedes y quedó de mirarme un asunto de mi primo que vive en Soacha y que le habían dicho una cosa y resultó otra entonces no sé',
				'F1',
			],
			['lo de los monitores', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: monitores'],
	},
	{
		title: 'typo menu answer',
		who: 'known',
		turns: [
			['hola', 'B1 B2'],
			['cotisasion', 'D1'],
		],
		cases: [],
	},
	{
		title: 'estado typed',
		who: 'known',
		turns: [
			['hola', 'B1 B2'],
			['estado', 'C1'],
			['laura', 'C2 I'],
		],
		cases: ['order_status: Consulta el estado de tu pedido'],
	},
	{ title: 'returning wants same as before', who: 'known', turns: [['lo mismo de la vez pasada', 'menu']], cases: [] },
	{
		title: 'sticker then need',
		who: 'known',
		turns: [
			['@sticker', 'B1 B2'],
			['cotizar 2 mouse', 'D2'],
		],
		cases: [],
	},
	{
		title: 'ok after case',
		who: 'known',
		turns: [
			['mi impresora no enciende', 'E2 I'],
			['ok', ''],
			['y cuánto se demoran?', 'order_status'],
			['gracias', 'thanks'],
		],
		cases: ['support: mi impresora no enciende'],
	},
	{
		title: 'new need after case',
		who: 'known',
		turns: [
			['mi impresora no enciende', 'E2 I'],
			['también quiero comprar un toner', 'D2'],
			['formal', 'D3'],
		],
		cases: ['support: mi impresora no enciende', 'quotation: toner'],
	},
	{
		title: 'status after case',
		who: 'known',
		turns: [
			['mi impresora no enciende', 'E2 I'],
			['cómo va mi caso?', 'order_status'],
		],
		cases: ['support: mi impresora no enciende'],
	},
	{
		title: 'amount',
		who: 'known',
		turns: [
			['cotizar un portátil de máximo 2 millones', 'B1 D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: portátil'],
	},
	{
		title: 'quantity words',
		who: 'known',
		turns: [
			['cotizar una docena de mouse y 5 teclados', 'B1 D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 12 mouse y 5 teclados'],
	},
	{
		title: 'negative formal',
		who: 'known',
		turns: [
			['cotizar 2 mouse', 'B1 D2'],
			['no, la formal no, solo información', 'D3'],
		],
		cases: ['information: 2 mouse'],
	},
	{
		title: 'asks for help with “algo” first',
		who: 'known',
		turns: [
			['buenas', 'B1 B2'],
			['me pueden ayudar con algo?', 'F2'],
			['mi computador está muy lento', 'E2 I'],
			['gracias', 'thanks'],
		],
		cases: ['support: mi computador está muy lento'],
	},
	{
		title: 'a known customer who needs nothing',
		who: 'known',
		turns: [
			['hola', 'B1 B2'],
			['no', 'thanks'],
			['nada', 'menu'],
			['eso es todo', 'thanks'],
		],
		cases: [],
	},
	{
		title: 'everything in the first message, with company and advisor',
		who: 'new',
		turns: [
			[
				'Buenos días, soy Ana Gil de Constructora Andes, NIT 900123456-8. Necesito saber en qué va el pedido 4521 que me vendió Carlos Ramírez',
				'C2 I',
			],
		],
		cases: ['order_status: 4521'],
	},
	{
		title: '“menú” in between, advisor without accent',
		who: 'known',
		team: true,
		turns: [
			['2', 'menu'],
			['menu', 'menu'],
			['2', 'C1'],
			['Andres', 'C2 I'],
			['si', ''],
		],
		cases: ['order_status: Consulta el estado de tu pedido'],
	},
	{
		title: 'the product is named one question later',
		who: 'known',
		turns: [
			['quiero cotizar', 'B1 D1'],
			['no sé todavía', 'D2'],
			['monitores de 24', 'D2'],
			['información general', 'D3'],
		],
		cases: ['information: monitores de 24'],
	},
	{
		title: 'a product that no rule knows',
		who: 'known',
		turns: [
			['quiero cotizar', 'B1 D1'],
			['lo que vi en el catálogo', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: lo que vi en el catálogo'],
	},
	{
		title: 'tells more after the case',
		who: 'known',
		turns: [
			['necesito una factura', 'E2 I'],
			['de la compra de ayer', 'H1 H2'],
		],
		cases: ['billing: necesito una factura'],
	},
	{
		title: 'the proof of payment follows as a photo',
		who: 'known',
		turns: [
			['ya pagué', 'E2 I'],
			['@image', 'H1 H2'],
			['gracias', 'thanks'],
		],
		cases: ['billing: ya pagué'],
	},
	{
		title: 'a document, then what it is',
		who: 'known',
		turns: [
			['@document', 'attachment_document'],
			['es el comprobante de pago', 'E2 I'],
			['ok', ''],
		],
		cases: ['billing: es el comprobante de pago'],
	},
	{
		title: 'the price of what is on a photo',
		who: 'known',
		turns: [
			['@image', 'attachment_image'],
			['cuánto vale este?', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: cuánto vale este?'],
	},
	{
		title: 'a purchase order as a file with words',
		who: 'new',
		turns: [
			['@document | adjunto orden de compra', 'A1 attachment_received A2'],
			['Ana Gil', 'A3'],
			['900123456-8', 'C1'],
		],
		cases: [],
	},
	{
		title: 'wants to return something',
		who: 'known',
		turns: [
			['quiero devolver un mouse', 'B1 C1'],
			['no recuerdo', 'C2 I'],
		],
		cases: ['order_status: quiero devolver un mouse'],
	},
	{
		title: 'nobody answers',
		who: 'known',
		turns: [['estoy esperando una respuesta hace dos días y nadie me contesta', 'take_over_complaint']],
		cases: [],
	},
	{ title: 'wants to complain', who: 'known', turns: [['quiero poner una queja', 'take_over_complaint']], cases: [] },
	{
		title: 'describes what it is for',
		who: 'new',
		turns: [
			['hola', 'A1 A2'],
			['Ana', 'A3'],
			['52123456', 'A4'],
			['quiero un computador para mi hija que entra a la universidad, algo económico', 'D2'],
			['información', 'D3'],
		],
		cases: ['information: computador'],
	},
	{
		title: 'numbers all the way',
		who: 'known',
		turns: [
			['hola', 'B1 B2'],
			['3', 'E1'],
			['1', 'F2'],
			['no prende el computador', 'E2 I'],
		],
		cases: ['support: no prende el computador'],
	},
	{
		title: 'buttons all the way',
		who: 'known',
		turns: [
			['hola', 'B1 B2'],
			['>option:other', 'E1'],
			['>answer:process:billing', 'F2'],
			['la factura del mes pasado no me ha llegado', 'E2 I'],
		],
		cases: ['billing: la factura del mes pasado no me ha llegado'],
	},
	{
		title: 'says “formal” three times',
		who: 'known',
		turns: [
			['cotizar 2 mouse', 'B1 D2'],
			['formal', 'D3'],
			['formal', 'H1 H2'],
			['cotización formal', ''],
		],
		cases: ['quotation: 2 mouse'],
	},
	{
		title: 'it solved itself',
		who: 'known',
		turns: [
			['necesito soporte', 'B1 F2'],
			['no importa ya lo solucioné, gracias', 'cancelled'],
		],
		cases: [],
	},
	{
		title: 'personal name and company in one sentence',
		who: 'new',
		turns: [
			['hola', 'A1 A2'],
			['me llamo Ana Gil pero la cotización va a nombre de mi empresa Acme SAS nit 900123456', 'D1'],
			['un servidor', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: servidor'],
	},
	{
		title: 'asks for a person by name',
		who: 'known',
		turns: [['quiero hablar con Carlos Ramírez', 'take_over']],
		cases: [],
	},
	{
		title: 'asks who is there',
		who: 'new',
		turns: [
			['quién eres?', 'A1 A2'],
			['Ana Gil', 'A3'],
		],
		cases: [],
	},
	{
		title: 'a list of products',
		who: 'known',
		turns: [
			['cotizar', 'B1 D1'],
			['portátiles, impresoras y tóner', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: portátiles, impresoras y tóner'],
	},
	{
		title: 'the surname comes instead of the identification',
		who: 'new',
		turns: [
			['hola, soy Ana y mi servidor se cayó', 'A1 A3'],
			['Gil', 'A3'],
			['52123456', 'area_notified I'],
		],
		cases: ['support: hola, soy Ana y mi servidor se cayó'],
	},
	{
		title: 'the advisor of a typo',
		who: 'known',
		team: true,
		turns: [
			['estado', 'B1 C1'],
			['creo que Karla Rojaz', 'C2 I'],
		],
		cases: ['order_status: Consulta el estado de tu pedido'],
	},
	{
		title: 'a place of delivery after the quotation belongs to it',
		who: 'new',
		turns: [
			['Buenos días, para cotizar 5 portátiles core i5', 'A1 A2'],
			['Ana María Ruiz', 'A3'],
			['1020304050', 'D2'],
			['formal', 'D3'],
			['para entrega en Medellín', 'H1 H2'],
		],
		cases: ['quotation: 5 portátiles core i5'],
	},
	{
		title: 'everything but the kind of quotation at once, with a day',
		who: 'new',
		turns: [
			['hola necesito 3 impresoras para entrega en Medellín el viernes', 'A1 A2'],
			['Pedro León', 'A3'],
			['79456123', 'D2'],
			['solo informacion', 'D3'],
		],
		cases: ['information: 3 impresoras'],
	},
	{
		title: 'only wants the price',
		who: 'new',
		turns: [
			['precio?', 'A1 A2'],
			['Camilo', 'A3'],
			['Torres', 'A3'],
			['no tengo', 'D1'],
			['de una impresora epson', 'D2'],
			['solo quiero el precio', 'D3'],
		],
		cases: ['information: impresora epson'],
	},
	{
		title: 'will not say who they are',
		who: 'new',
		turns: [
			['cuánto vale el tóner 85A', 'A1 A2'],
			['para qué quieren mi nombre? solo quiero el precio', 'A2'],
			['Luis', 'A3'],
			['no se la doy', 'D3'],
			['general', 'H1 H2'],
		],
		cases: ['information: tóner 85A'],
	},
	{
		title: 'angry about an order',
		who: 'known',
		team: true,
		turns: [
			['QUÉ PASÓ CON MI PEDIDO!!! llevo 15 días esperando', 'B1 C1'],
			['nadie me responde, son unos incumplidos', 'take_over_complaint'],
			['Carlos', 'human_waiting'],
		],
		cases: [],
	},
	{
		title: 'angry at once',
		who: 'new',
		turns: [
			['pésimo servicio, llevo un mes esperando', 'A1 take_over_complaint'],
			['mi pedido 4521', 'human_waiting'],
		],
		cases: [],
	},
	{
		title: "a buyer's letter says everything",
		who: 'new',
		turns: [
			[
				'Cordial saludo. Somos Metalmec SAS nit 900123456-8, requerimos cotización formal de 20 monitores de 24 pulgadas y 20 teclados para entrega en Cali. Quedo atenta, Sandra Milena Torres',
				'D3',
			],
			['gracias', 'thanks'],
		],
		cases: ['quotation: 20 monitores de 24 pulgadas y 20 teclados'],
	},
	{
		title: 'the one of always',
		who: 'known',
		team: true,
		turns: [
			['hola, mi pedido?', 'B1 C1'],
			['el de siempre', 'C2 I'],
		],
		cases: ['order_status: hola, mi pedido?'],
	},
	{
		title: 'a passport',
		who: 'new',
		turns: [
			['hola, quiero un portátil', 'A1 A2'],
			['Giulia Rossi', 'A3'],
			['pasaporte YA1234567', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: portátil'],
	},
	{
		title: 'English, without a Colombian document',
		who: 'new',
		turns: [
			['hello, I need 3 monitors', 'A1 A2'],
			['John Smith', 'A3'],
			["I don't have a colombian id", 'D2'],
			['quote', 'D3'],
		],
		cases: ['quotation: 3 monitors'],
	},
	{
		title: 'English about an order',
		who: 'known',
		team: true,
		turns: [
			['where is my order 5567?', 'B1 C1'],
			['Carlos Ramirez', 'C2 I'],
			['thanks', 'thanks'],
		],
		cases: ['order_status: 5567'],
	},
	{
		title: 'a voice note first',
		who: 'new',
		turns: [
			['@voice', 'A1 voice_note'],
			['necesito soporte para una impresora', 'A2'],
			['Marta Díaz', 'A3'],
			['52123456', 'area_notified I'],
		],
		cases: ['support: necesito soporte para una impresora'],
	},
	{
		title: 'a photo first',
		who: 'new',
		turns: [
			['@image', 'A1 attachment_image'],
			['esta pantalla llegó rota', 'A2'],
			['Jorge Peña', 'A3'],
			['80123456', 'area_notified I'],
		],
		cases: ['support: esta pantalla llegó rota'],
	},
	{
		title: 'a photo of what is to be priced',
		who: 'new',
		turns: [
			['@image:cuánto vale este cargador?', 'A1 attachment_received A2'],
			['Julio Prada', 'A3'],
			['1020304050', 'D2'],
			['general', 'D3'],
		],
		cases: ['information: cargador'],
	},
	{
		title: 'two needs, the second without a verb',
		who: 'known',
		team: true,
		turns: [
			['necesito cotizar 3 ups y también la factura del mes pasado', 'B1 two_needs'],
			['cotización', 'D2'],
			['formal', 'D3 another_need'],
			['1', 'E2 I'],
		],
		cases: ['quotation: 3 ups', 'billing: la factura del mes pasado'],
	},
	{
		title: 'two needs, the second not wanted any more',
		who: 'known',
		turns: [
			['hola, dos cosas: dónde va mi pedido y me mandan el rut', 'B1 two_needs'],
			['2', 'C1'],
			['Carlos', 'C2 I another_need'],
			['2', 'thanks'],
		],
		cases: ['order_status: hola, dos cosas: dónde va mi pedido y me mandan el rut'],
	},
	{
		title: 'the name once more, written better',
		who: 'new',
		turns: [
			['cotizar mouse', 'A1 A2'],
			['Ana Ruis', 'A3'],
			['perdón Ana Ruiz', 'A3'],
			['52123456', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: mouse'],
	},
	{
		title: 'a number corrected after the case',
		who: 'known',
		turns: [
			['cotizar 10 teclados', 'B1 D2'],
			['formal', 'D3'],
			['perdón son 12', 'H1 H2'],
		],
		cases: ['quotation: 10 teclados'],
	},
	{
		title: 'comes back with something else',
		who: 'known',
		turns: [
			['necesito el rut de ustedes', 'E2 I'],
			['gracias', 'thanks'],
			['hola de nuevo', 'menu'],
			['ahora necesito cotizar 2 discos', 'D2'],
			['formal', 'D3'],
		],
		cases: ['documents: necesito el rut de ustedes', 'quotation: 2 discos'],
	},
	{
		title: 'voseo',
		who: 'new',
		turns: [
			['che, tenés notebooks?', 'A1 A2'],
			['Martín Sosa', 'A3'],
			['DNI 30123456', 'D2'],
			['info nomás', 'D3'],
		],
		cases: ['information: notebooks'],
	},
	{
		title: 'Portuguese',
		who: 'new',
		turns: [
			['bom dia, preciso de orçamento para 3 impressoras', 'A1 A2'],
			['João Silva', 'A3'],
			['CPF 529.982.247-25', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 3 impressoras'],
	},
	{
		title: 'asks after the case just registered',
		who: 'known',
		team: true,
		turns: [
			['buenas', 'B1 B2'],
			['2', 'C1'],
			['carlitos ramirez', 'C2 I'],
			['y cuánto se demora?', 'order_status'],
		],
		cases: ['order_status: Consulta el estado de tu pedido'],
	},
	{
		title: 'opening hours and nothing else',
		who: 'new',
		turns: [
			['a qué hora cierran hoy?', 'A1 business_hours A4'],
			['ok gracias', 'thanks'],
		],
		cases: [],
	},
	{
		title: 'one sentence in five messages',
		who: 'new',
		turns: [
			['hola | necesito | cotizar | 3 portátiles | gracias', 'A1 A2'],
			['Ana Ruiz | 52123456', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 3 portátiles'],
	},
	{
		title: 'a proof of payment',
		who: 'known',
		team: true,
		turns: [
			['@image:soporte de pago factura 556', 'E2 I'],
			['gracias', 'thanks'],
		],
		cases: ['billing: soporte de pago factura 556'],
	},
	{
		title: 'stop, and back again',
		who: 'known',
		turns: [
			['no me escriban más', 'opted_out'],
			['hola, necesito cotizar un mouse', 'opted_out_before'],
		],
		cases: [],
	},
	{
		title: 'a person is asked for, and a need said',
		who: 'new',
		turns: [
			['quiero hablar con un asesor para cotizar 10 monitores', 'A1 A2'],
			['Juan Prada', 'A3'],
			['80123456', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 10 monitores'],
	},
	{
		title: 'a wrong number',
		who: 'new',
		turns: [
			['amor compra pan', 'A1 A2'],
			['perdón, número equivocado', 'thanks'],
		],
		cases: [],
	},
	{
		title: 'a need that is dropped is not offered again',
		who: 'known',
		team: true,
		turns: [
			['necesito cotizar un portátil', 'B1 D2'],
			['no mejor no, lo que necesito es saber de mi pedido', 'C1'],
			['Laura', 'C2 I'],
			['gracias', 'thanks'],
		],
		cases: ['order_status: no mejor no, lo que necesito es saber de mi pedido'],
	},
	{
		title: 'an advisor nobody knows',
		who: 'known',
		team: true,
		turns: [
			['estado de mi pedido 7788', 'B1 C1'],
			['me atendió Roberto', 'advisor_not_found'],
			['Roberto Gómez creo', 'C2 I'],
		],
		cases: ['order_status: 7788'],
	},
	{
		title: 'a number corrected where the identification is asked for',
		who: 'new',
		turns: [
			['cotizar 10 sillas', 'A1 A2'],
			['Rosa Gil', 'A3'],
			['ay no, son 12', 'A3'],
			['52123456', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 12 sillas'],
	},
	{
		title: 'a first name under the menu',
		who: 'new',
		turns: [
			['quién es?', 'A1 A2'],
			['hola?', 'menu'],
			['Luis', 'A3'],
		],
		cases: [],
	},
	{
		title: 'a company first, then who writes',
		who: 'new',
		turns: [
			['Buen día, me comparten el RUT? Es para crearlos como proveedor', 'A1 A2'],
			['Compras Metalmec', 'A3'],
			['Diana Rojas', 'A3'],
			['nit 900123456-8', 'area_notified I'],
		],
		cases: ['documents: Buen día, me comparten el RUT? Es para crearlos como proveedor'],
	},
	{
		title: 'the second product while the kind is asked for',
		who: 'known',
		turns: [
			['precio de un teclado', 'B1 D2'],
			['y también un mouse', 'D2'],
			['solo info', 'D3'],
		],
		cases: ['information: teclado · y también un mouse'],
	},
	{
		title: 'thanks, a thumb and a goodbye',
		who: 'known',
		team: true,
		turns: [
			['mi pedido no llega', 'B1 C1'],
			['Carlos Ramírez', 'C2 I'],
			['ok gracias', 'thanks'],
			['👍', ''],
			['chao', ''],
		],
		cases: ['order_status: mi pedido no llega'],
	},
	{
		title: 'a reaction after the last word',
		who: 'new',
		turns: [
			['soy Luis Mora cc 79456123', 'A1 A4'],
			['cotizar un mouse', 'D2'],
			['ya no, gracias', 'cancelled'],
			['@reaction', ''],
		],
		cases: [],
	},
	{
		title: 'more of what is wrong where the name is asked for',
		who: 'new',
		turns: [
			['necesito soporte para una impresora', 'A1 A2'],
			['no imprime en color', 'A2'],
			['Marta Díaz', 'A3'],
			['52123456', 'area_notified I'],
		],
		cases: ['support: necesito soporte para una impresora. no imprime en color'],
	},
	{
		title: 'more of what is wrong where the identification is asked for',
		who: 'new',
		turns: [
			['se me dañó la impresora', 'A1 A2'],
			['Marta Díaz', 'A3'],
			['no imprime en color', 'A3'],
			['52123456', 'area_notified I'],
		],
		cases: ['support: se me dañó la impresora. no imprime en color'],
	},
	{
		title: 'does not say no to the identification but to the RUT',
		who: 'new',
		turns: [
			['cotizar 2 mouse', 'A1 A2'],
			['Marta Díaz', 'A3'],
			['no tengo rut', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 2 mouse'],
	},
	{
		title: 'the other option, before the first answer',
		who: 'known',
		turns: [
			['hola', 'B1 B2'],
			['1', 'D1'],
			['perdón, era la 2', 'C1'],
			['Carlos', 'C2 I'],
		],
		cases: ['order_status: Consulta el estado de tu pedido'],
	},
	{
		title: 'the other option, where the number opened the menu',
		who: 'known',
		turns: [
			['1', 'menu'],
			['perdón, era la 2', 'C1'],
			['Carlos', 'C2 I'],
		],
		cases: ['order_status: Consulta el estado de tu pedido'],
	},
	{
		title: 'the list that was spoken of comes as a file',
		who: 'new',
		turns: [
			['necesito cotizar lo de esta lista', 'A1 A2'],
			['@document', 'attachment_received A2'],
			['Ana Ruiz', 'A3'],
			['52123456', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: necesito cotizar lo de esta lista'],
	},
	{
		title: 'a shopping list on lines of its own',
		who: 'new',
		turns: [
			['Cotizar por favor:\n- 5 teclados\n- 3 mouse\n- 2 monitores de 24', 'A1 A2'],
			['Elena Mora', 'A3'],
			['900123456-8', 'D2'],
			['formal', 'D3'],
		],
		cases: ['quotation: 5 teclados, 3 mouse, 2 monitores de 24'],
	},
	{
		title: "the advisor's full name in the first message",
		who: 'known',
		team: true,
		turns: [['hola, le pedí a Carla Rojas unos monitores y no han llegado', 'C2 I']],
		cases: ['order_status: hola, le pedí a Carla Rojas unos monitores y no han llegado'],
	},
	{
		title: 'one word at a time',
		who: 'new',
		turns: [
			['soporte', 'A1 A2'],
			['Rosa', 'A3'],
			['Gil', 'A3'],
			['52123456', 'F2'],
			['no prende', 'area_notified I'],
			['el portátil', 'H1 H2'],
		],
		cases: ['support: no prende'],
	},
	{
		title: 'stop where the identification is asked for',
		who: 'new',
		turns: [
			['cotizar un mouse', 'A1 A2'],
			['Luis Mora', 'A3'],
			['stop', 'opted_out'],
		],
		cases: [],
	},
	{
		title: 'a place on the map',
		who: 'new',
		turns: [
			['necesito que me lleven 3 resmas', 'A1 A2'],
			['@location', 'A2'],
			['Rosa Gil', 'A3'],
			['no tengo', 'D2'],
			['general', 'D3'],
		],
		cases: ['information: 3 resmas'],
	},
];

/** Questions that the answer on record makes superfluous (B6). */
const ASKS_FOR: Readonly<Record<string, (dialogue: Dialogue) => string | undefined>> = {
	A2: ({ contact }) => contact.name,
	A3: ({ contact }) => contact.identification,
	D1: ({ state }) => state.fields['product'],
	D2: ({ state }) => state.fields['detailLevel'],
	C1: ({ state }) => state.fields['advisor'],
	E1: ({ state }) => state.fields['process'],
};

describe('B1-B10: conversations as customers in Bogotá have them', () => {
	test.each(conversations.map((conversation) => [conversation.title, conversation] as const))(
		'%s',
		(_title, { who, team, turns, cases }) => {
			const dialogue = new Dialogue({
				contact: who === 'known' ? known : {},
				...(team === true ? { advisors } : {}),
			});
			const answered = turns.map(([said]): readonly [string, string] => {
				const before = dialogue.bubbles.length;
				const keys = dialogue.says(...actsOf(said))?.keys ?? [];
				expect(dialogue.bubbles.length - before).toBeLessThanOrEqual(1);
				for (const key of keys) expect(ASKS_FOR[key]?.(dialogue)).toBeUndefined();
				return [said, keys.join(' ')];
			});

			expect(answered).toEqual(turns);
			expect(dialogue.cases.map(({ type, subject }) => `${type}: ${subject}`)).toEqual(cases);
		},
	);

	test.each(conversations.map((conversation) => [conversation.title, conversation] as const))(
		'%s: no question more than three times',
		(_title, { turns }) => {
			const asked = new Map<string, number>();
			for (const [, keys] of turns)
				for (const key of keys.split(' ')) if (key in ASKS_FOR) asked.set(key, (asked.get(key) ?? 0) + 1);

			expect([...asked.values()].filter((times) => times > 3)).toEqual([]);
		},
	);
});
