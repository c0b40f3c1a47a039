/** Phrases of a list written as people write them, one after the other. */
const phrases = (list: string): readonly string[] =>
	list
		.split(',')
		.map((phrase) => phrase.trim().replace(/\s+/g, ' '))
		.filter((phrase) => phrase !== '');

/** Words of a list. */
const words = (list: string): readonly string[] => list.trim().split(/\s+/);

/** Every way to join the parts, with single blanks. An empty part may be left out. */
const joined = (...parts: ReadonlyArray<readonly string[]>): readonly string[] =>
	parts
		.reduce<readonly string[]>((heads, tails) => heads.flatMap((head) => tails.map((tail) => `${head} ${tail}`)), [''])
		.map((phrase) => phrase.trim().replace(/\s+/g, ' '));

/** What a thing does not do when it is broken: stems, because people write every form of these verbs. */
const NOT_DONE = words(`
	funcion* prend* enciend* carg* imprim* arranc* inici* abr* sirv* conect* reconoc* detect* lee* escane* suen* copi* respond* grab*
	gir* proyect* enfri* timbr* marc* vibr* sincroniz* actualiz* guard* encend* transmit* teclea* apag* coge* agarr* jal* hiela*
`);

/**
 * What words mean, before any decision: each concept is a list of phrases as people write them, without accents, in Spanish
 * with the Portuguese and English that customers mix in. `*` at the end of a word: begins with. `...` between words: up to
 * three other words. The longest phrase wins its words, so "soporte de pago" is a payment and never support.
 */
export const CONCEPTS = {
	greeting: phrases(`
		les saluda, le saluda, te saluda, los saluda, espero que ... bien, espero se encuentren bien, espero se encuentre bien,
		feliz semana, feliz lunes, feliz inicio, feliz inicio de semana, buen inicio de semana, feliz fin de semana, linda tarde, lindo dia,
		como me le va, como les va, bien y usted, bien y tu, bien y ustedes, muy bien y usted,
		ey, eyy, ei, hei, hola, holi, holis, ola, alo, buenas, buenos dias, buen dia, buenas tardes, buenas noches,
		buena tarde, buena noche, bns dias, saludos, cordial saludo, que tal, que mas, quiubo, quihubo, que hubo,
		hey, hi, hello, good morning, good afternoon, good evening, oi, ola bom dia, bom dia, boa tarde, boa noite,
		como estan, como esta, como estas, como le va, como vas, como va todo, como andan, tudo bem, buendia, que
		onda, epa, estimados, senores, un saludo, feliz dia, feliz tarde, hay alguien, hay alguien ahi, estan ahi,
		me escuchan, buenass, wenas, que tal todo, gusto en saludarle, como les va, buen dia para todos, muy buenas
	`),
	thanks: phrases(`
		se le agradece, se les agradece, le agradezco, les agradezco, dios los bendiga, dios lo bendiga, dios la
		bendiga, dios te bendiga, gracias, muchas gracias, mil gracias, gracia, graciass, agradezco, agradecido,
		agradecida, agradecidos, muy amable, muy amables, se agradece, te lo agradezco, dios te pague, dios le
		pague, bendiciones, obrigado, obrigada, valeu, thanks, thank you, thx, ty, muito obrigado, grax,
		excelente servicio, excelente atencion, buena atencion, son los mejores, todo perfecto, todo excelente,
		quedo atento, quedo atenta, quedo pendiente, very kind, chao, chau, adios, hasta luego, hasta pronto,
		hasta manana, bye, bye bye, tchau, feliz resto de dia, cuidense, cuidese
	`),
	/** How well something went; whoever adds no wish thanks for it. */
	satisfied: phrases(`
		quedo perfecto, quedo perfecta, quedo excelente, quedo divino, quedo divina, quedo impecable, quedo como nuev*, todo quedo, todo quedo bien, quedo todo bien, impecable,
		esta divino, esta divina, quedo feliz, quedaron felices, muy feliz con, estamos felices, estoy feliz, quede encantad*, quedamos encantad*, antes de lo esperado, antes de tiempo,
		muy bien empacad*, los voy a recomendar, los recomiendo, los recomendare, un abrazo, se lucio, se lucieron, se pasaron, felicitaciones, felicito, los felicito, fue muy amable,
		muy juicios*, muy puntual, puntuales, me salvaron, me salvo, nos salvaron, excelente trabajo, buen trabajo, gran trabajo, todo conforme, a satisfaccion, quede tranquil*,
		quedo tranquil*, me quedo clar*, quedo clar*, por la paciencia, por la agilidad, por la gestion, por la rapidez, un angel, que alivio, muy content*, quedamos content*, todo en orden,
		todo correcto, ya aparecio, ya lo encontre, ya la encontre, buena voluntad
	`),
	acknowledgement: phrases(`
		ok, okay, okey, listo, vale, dale, perfecto, entendido, de acuerdo, bueno, super, genial, excelente, claro,
		chevere, bacano, ya, si, no, hecho, quedo claro, de una, va pues, tranquilo, tranquila, con gusto, oki
	`),
	quote: phrases(`
		cotiz*, cotis*, cotic*, coti, presupuest*, proforma, propuesta, propuesta economica, propuesta comercial,
		oferta economica, oferta comercial, quote, quotation, quotes, orcamento*, cotacao, cotacoes, estimado de
		precio, pro forma, estimate
	`),
	price: phrases(`
		dice el total, cual es el total, cuanto es el total, cuanto da el total, cuanto seria el total, precio que tienen, precios que tienen,
		vale lo mismo, valen lo mismo, cuesta lo mismo, cuestan lo mismo, mismo precio,
		precio*, presio*, presios, valor, valores, costo, costos, coste, cuanto vale*, cuanto valen, cuanto cuesta*,
		cuanto me cuesta*, cuanto me vale, cuanto sale, cuanto salen, cuanto me sale, cuanto cobran, cuanto cobra,
		cuanto es, cuanto seria, cuanto esta, cuanto estan, cuanto costaria, cuanto valdria, cuanto saldria, a como,
		a cuanto, en cuanto, que vale, que valen, que cuesta, que cuestan, tarifa*, how much, price*, cost, quanto
		custa, quanto e, preco*, quanto fica, cuanto por, cuanto me dejan, cuanto me deja, precios al por mayor, al
		por mayor, por mayor, mayorista*, al detal, mas economic*, mas barat*, descuent*, rebaja*, q vale, cuanto,
		valor de, cuant vale
	`),
	buy: [
		...phrases(`
		repetir ... pedido, repitan ... pedido, repiten ... pedido, repetirme ... pedido, repetir la compra, mismo pedido de, pedido de siempre,
		quiero uno igual, quiero una igual, uno igual, una igual, unos iguales, quiero uno de, quiero una de, quiero otro, quiero otra,
		comprar, comprarles, comprarle, comprarlo, comprarla, comprarlos, compraria, compramos, adquirir,
		adquisicion, quiero llevar, me llevo, quiero pedir, quisiera pedir, hacer un pedido, hacer pedido,
		realizar un pedido, realizar pedido, hacer una compra, realizar una compra, nuevo pedido, otro pedido,
		montar un pedido, montar pedido, colocar un pedido, hacerles un pedido, pasar un pedido, me interesa*,
		estoy interesad*, interesad* en, estoy buscando, ando buscando, busco, buscamos, necesito comprar, buy,
		purchase, interested in, comprar un, quero comprar, gostaria de comprar, looking for, preciso de,
		encargar, dotacion, dotar, conseguir, me consiguen, consiguen, arrendar, alquilar, alquiler, arriendo,
		renta de, renovar, renovacion, contratar, adquirirlo, me regala un, vender*, compro, comprariamos, para
		comprar, tomar en arriendo, arrendamiento de equipos, leasing, comprarlas, want to buy, need to buy,
		proveedor de, proveedores de, proveer, me provea, comparar precios, comparando precios, opciones para,
		de segunda, segunda mano, me lo deja en, vendame, vendeme, vendanme, vendan, vendanos, vendannos,
		venderian, vendenme, aprobamos la cotizacion, montando un*, montar un*, armar un*, armando un*, abrir
		un*, abriendo un*, equipar, dotando, reemplazo de bateria, de reemplazo, repuesto de
	`),
		...joined(
			words('hacer hacerles hacemos hago realizar realizamos realizo colocar montar cerrar concretar'),
			words('un el una la esta este'),
			words('pedido compra orden'),
		),
	],
	available: [
		...phrases(`
		ustedes hacen, hacen ustedes, ustedes instalan, ustedes fabrican, ustedes ofrecen, prestan ustedes,
		tienen, tiene, tendran, tendras, tendria, tendrian, tienes, venden, vende, manejan, maneja, hay, habra,
		disponib*, dispone*, stock, existencia*, en existencia, inventario, distribuyen, ofrecen, trabajan, traen,
		importan, instalan, prestan servicio*, prestan el servicio, realizan instalacion*, do you have, do you sell, in stock, voces tem, voces vendem, vendem, tem, les queda, le queda,
		quedan, agotad*, cuando les llega, cuando vuelve a haber, les llego, surten, available
	`),
		...joined(['cuando les', 'para cuando les'], words('llega* llegue* vuelve* entra* ingresa* traen')),
	],
	catalogue: phrases(`
		catalog*, lista de precios, listado de precios, listas de precios, portafolio*, promocion*, promo, promos,
		ofertas, oferta, que productos, que venden, que servicios, que marcas, que ofrecen, que manejan, linea de
		productos, black friday, black days, ciber lunes, que tienen, price list, combo, combos, referencias
		disponibles, brochure, que modelos, que referencias, modelos, sus servicios, sus productos, conocer los
		productos, conocer los servicios, a que se dedican, que es lo que venden, que manejan ustedes, todo lo que
		venden
	`),
	advice: phrases(`
		que tal sale*, que tal funciona*, que tal rinde*, que tal corre*, que tal trabaja*, que tal imprime*,
		que tan buen*, que tan rapid*, que tan dur*, para que me alcanza, que me alcanza, me alcanza,
		escoger*, elegir*, decidirme por, asesorar, asesorarnos, me puede asesorar, me pueden asesorar, recomiend*, recomendac*, recomendar*, me
		aconsej*, aconsej*, asesor* para comprar, asesoria para comprar, asesoria, asesoramiento, asesorarme, me
		asesora, me asesoran, cual me sirve, cual sirve, cual es mejor, cual seria mejor, cual me conviene, que
		me conviene, diferencia entre, diferencias entre, que diferencia, caracteristic*, especificacion*, sirve
		para, es compatible, son compatibles, compatib*, cual es la diferencia, que equipo, mejor opcion,
		opciones de, que me ofrece*, es original, son originales, original*, incluye, viene con, vienen con,
		trae, que capacidad, que marca, recommend*, serviria, me serviria, pulgadas, cuantas pulgadas, que
		medidas, que tamano, que color*, que colores, que referencia, cuantos puertos, cuantos gb, cuanta
		memoria, cuanto pesa, que procesador, de que marca, de que material, tiene entrada, tiene puerto, tiene
		wifi, cual me recomienda*, cual es el mejor, cual es la mejor, me conviene, conviene, cual sale, cual es
		mas, cual trae, cual dura, cual rinde, que tal es, que tal son, vale la pena, me sirve, me funciona
		para, sirven para, lo mejor para, algo parecido, algo similar, algo para, algo mas economico, me alcanza
		para, es bueno para, es buena para
	`),
	/** A purchase that somebody thinks about, whatever it is called; also counts as `saleTerms`. */
	ifBought: [
		...phrases(`
		if i buy, if we buy, if i order, se eu comprar
		`),
		...joined(
			['si'],
			['', 'lo', 'la', 'los', 'las', 'se', 'les', 'me'],
			words(
				'compro compramos compra compran compre pido pedimos pide llevo llevamos pago confirmo confirmamos ordeno ordenamos encargo encargamos',
			),
		),
		...joined(
			['si hago', 'si hacemos', 'si realizo', 'si realizamos', 'si confirmo'],
			words('el un la una'),
			words('pedido compra orden'),
		),
	],
	saleTerms: [
		...joined(
			words('hacen dan emiten entregan expiden manejan'),
			['factura', 'factura electronica'],
			['a empresa*', 'para empresa*', 'a nombre de empresa*', 'a nombre de la empresa', 'a mi empresa', 'legal'],
		),
		...joined(
			['toca pagar', 'hay que pagar', 'se paga', 'se debe pagar', 'tengo que pagar', 'pagar'],
			['', 'todo', 'el total', 'la totalidad'],
			[
				'por adelantado',
				'antes para que despachen',
				'antes de despachar',
				'antes del despacho',
				'antes de que despachen',
				'antes del envio',
				'antes de enviar',
			],
		),
		...joined(['toca pagar', 'hay que pagar', 'se paga'], ['todo', 'el total'], ['antes', 'de una']),
		...joined(words('pagado pagados pagada pagadas pagadero pagaderos'), ['a'], words('8 15 30 45 60 90'), ['dias']),
		...phrases(`
		are you open, opening hours, do you open, do you close, me aparta*, me separa*, me guarda*, me reserva*,
		hasta que hora ... abiert*, hasta que hora abren, hasta que hora estan, hasta que hora trabajan, a que
		hora estan, estan abiertos, esta abierto, en que parte ... quedan, en que parte ... estan ubicados, en
		que sector quedan, en que barrio quedan, en que ciudad quedan, por donde quedan, envio es gratis, el
		envio es gratis, es gratis, gratis, sin costo, atienden, abren, cierran, formas de pago, forma de pago,
		medios de pago, medio de pago, metodos de pago, metodo de pago, como puedo pagar, como se paga, reciben
		tarjeta*, aceptan tarjeta*, reciben pagos, aceptan, reciben nequi, reciben daviplata, reciben efectivo,
		pago contra entrega, pagos contra entrega, contra entrega, contraentrega, pagar a cuotas, a cuotas, en
		cuotas, cuantas cuotas, por cuotas, dan credito, manejan credito, venden a credito, a credito, dan
		plazo*, sistecredito, addi, financiacion, financian, facilidades de pago, hacen envios, envian a, hacen
		domicilio*, tienen domicilio, domicilio gratis, costo de envio, costo del envio, valor del envio, precio
		del envio, cuanto vale el envio, cuanto cuesta el envio, cuanto cobran por el envio, cuanto cobran de
		envio, cuanto cobran el envio, envio gratis, envios a, mandan a, despachan a, hacen entregas, entregan
		en, llegan a, tiempo de entrega, tiempos de entrega, cuanto se demora el envio, cuanto demora el envio,
		cuantos dias demora el envio, donde estan ubicados, donde queda*, donde estan, tienen tienda, punto
		fisico, tienda fisica, tienen local, sucursal*, direccion de la tienda, horario*, a que hora abren, a
		que hora cierran, hasta que hora atienden, atienden los, abren los, abren hoy, donde los encuentro,
		ubicacion, payment methods, formas de pagamento, tienen sede, sede en, sede principal, donde es la sede,
		sus sedes, que sedes, punto de venta, donde es el local, tiene garantia, tienen garantia, que garantia,
		cuanta garantia, cuanto tiempo de garantia, cuanto de garantia, traen garantia, trae garantia, viene con
		garantia, con garantia, garantia tiene*, garantia trae*, anos de garantia, meses de garantia, garantia
		ofrece*, garantia dan, dan garantia, manejan garantia, garantia manejan, que garantias, incluye
		garantia, garantia extendida, garantia de fabrica, tempo de garantia, envian hasta, hacen envio, puedo
		pagar con, puedo pagar en, se puede pagar con, pagar con tarjeta, pagar a, a cuantas cuotas, puedo pagar
		a, reciben credito, cuanto se demora la entrega, cuanto demora la entrega, cuanto tardan en entregar,
		cuanto tarda la entrega, cuanto se demoran en entregar, en cuanto tiempo entregan, cuanto tiempo tardan,
		con factura electronica, de contado, pago de contado, pedido minimo, compra minima, cantidad minima,
		bajo pedido, sobre pedido, separar, apartar, reservar, lo reservo, ultimo precio, precio final, mejor
		precio, ship to, do you ship, shipping, delivery to, fazem entrega, frete, entregam em, condiciones de
		pago, terminos de pago, condiciones comerciales, abren los sabados, a domicilio, llevan a domicilio,
		queda cerca, quedan cerca, garantia ... cuanto, garantia ... tiempo, dan factura, entregan factura, es
		con factura, venden ... con factura, vigencia de la cotizacion, vigencia de la oferta, ubicados,
		trabajan con empresas, venden a empresas, le venden a, se puede pagar, puedo pagar la mitad, se paga,
		con o sin iva, mas iva, incluido el iva, iva incluido, como es la garantia, como funciona la garantia,
		como manejan la garantia, cuanto dura la garantia, entrega inmediata, entregas inmediatas, parte de
		pago, en parte de pago, igualan el precio, igualar el precio, compran equipos, compran usados, reciben
		usados, para entrega, con entrega en, para pago a 15 dias, pago a 30 dias, pago a 45 dias, pago a 60
		dias, pago a 90 dias, manejan pago*, manejan plazo*, entregar en, para enviar a, para envio a, con envio
		a, para despacho a, para despacho en, puesto en, con destino a
		`),
	],
	topic: phrases(`
		informacion, info, informes, informe, quiero saber, quisiera saber, me gustaria saber, deseo saber, necesito
		saber, saber, detalles, mas detalles, information, informacao, informacoes, infromacion, quiero informacion
	`),
	product: phrases(`
		conmutador*, planta telefonica, planta electrica, biometric*, reloj de marcacion, lector de huella, huellero*, citofono*, bascula*, etiquetadora*, impresora de etiquetas, lapiz optico,
		tablero interactivo, tableros, televisores, base de pared, enrutadores, repetidor*, antena*, drone, videoportero*, camarita*, compresor*, teclado numerico, placa de video, placa madre,

		resmas de papel carta, tamano carta, tamano oficio, portatil*, laptop*, computador*, compu, compus, pc,
		pcs, notebook*, macbook*, imac, ipad*, iphone*, impresora*, multifuncional*, plotter, toner*, tintas,
		tinta, cartucho*, monitor, monitores, pantallas, teclado*, mouse, mouses, raton, disco duro, discos
		duros, disco, discos, disco solido, ssd, hdd, memoria, memorias, memoria ram, ram, memorias ram, usb,
		usbs, pendrive*, licencia*, antivirus, office, microsoft 365, office 365, windows, windows 11, windows
		10, autocad, adobe, kaspersky, eset, servidor*, server, servers, switch, switches, router*, enrutador*,
		access point, cable*, cableado, ups, regulador*, camara, camaras, cctv, tablet*, tableta*, celular*,
		proyector*, videobeam*, video beam*, audifono*, diadema*, parlante*, microfono*, webcam*, escaner,
		scanner, escaneres, rack, racks, gabinete*, software, hardware, accesorio*, suministro*, repuesto*,
		bateria*, cargador*, adaptador*, hub, docking, dock, tarjeta grafica, tarjetas graficas, tarjeta de
		video, procesador*, board, motherboard, fuente de poder, fuentes de poder, all in one, todo en uno,
		workstation, estacion de trabajo, telefono ip, telefonos ip, televisor*, tv, firewall*, nas, patch cord,
		patch panel, fibra optica, bodega de datos, lector*, lector de codigo, impresora termica, impresoras
		termicas, resma*, papel, rollos, equipos, equipo, estabilizador*, torre, silla*, maletin*, morral*,
		funda*, thinkpad, lenovo, dell, hp, asus, acer, epson, canon, brother, logitech, samsung, lg, cisco,
		ubiquiti, tp-link, kingston, printer*, cartridge*, keyboard*, headset*, hosting, dominio, correos
		corporativos, nube, backup, cintas, drones, smartwatch, consola, control de acceso, biometrico*, cajon
		monedero, datafono*, mini pc, gpu, cpu, papel carta, resma* carta, papel oficio, resmas de papel, hojas
		carta, licencia de, red de datos, punto de red, puntos de red, cajas registradoras, pos, sistema pos,
		switch cisco, torre de, soporte de pared, soporte para pared, soporte de techo, soporte para techo,
		soporte para tv, soporte para televisor*, soporte tv, soporte para monitor*, soporte de monitor*,
		soporte para portatil*, soporte para celular*, soporte para camara*, soporte para proyector*, soporte de
		escritorio, soporte articulado, soporte para video*, surface, playstation, xbox, nintendo, gamer,
		grapadora*, ssd*, terminales, pantalla interactiva, tablero digital, tarjetas sim, sim card, smart tv,
		chromebook*, thin client, hdmi, vga, displayport, usb-c, base refrigerante, bases refrigerantes, power
		bank, kvm, toners, monitors, printers, keyboards, mice, headphones, chairs, screens, tablets, phones, charger, keyboard, printer, screen, headphone, battery,
		cameras, batteries, chargers, impressora, impressoras, teclados, notebooks, computadores
	`),
	order: phrases(`
		que les compramos, que le compramos, que le compre, el otro pedido, del otro pedido, mi otro pedido, otro pedido que hice, otro pedido que tengo,
		pedido, pedidos, pediod, mi compra, mis compras, la compra, una compra, compra que hice, compra que
		realice, orden, ordenes, orden de compra, mi orden, envio, mi envio, el envio, paquete*, encomienda*,
		mercancia, entrega, la entrega, lo que compre, los que compre, la que compre, el que compre, que compre,
		que compramos, que pedi, lo que pedi, que pedimos, que encargue, compre, compramos, mensajero,
		transportadora, domiciliario, servientrega, interrapidisimo, coordinadora, order, orders, package,
		shipment, encomenda, my order, meu pedido, meus pedidos, encargo, mi producto, mis productos, pedidito,
		remision, oc, que les compre, que solicite, lo mio, courier, recoger, recogerlo, recojo, pasar por,
		pedi, pedimos, ordene, solicite, lo que encargue, el domicilio, mi domicilio, repartidor, sin noticias,
		extraviad*, se perdio el paquete, paquete perdido, se perdio mi paquete, entrega parcial, pendiente por
		entregar, pendiente de entrega, pendientes por entregar, confirmacion del pedido, confirmacion de mi
		compra, lo de nosotros, lo nuestro, transportador, encargamos, que encargamos, encargado a ustedes,
		encomende, motorizado, mensajeria, el conductor, el camion, envia, deprisa, tcc, dhl, fedex, inter
		rapidisimo, numero de orden, lo que ordene, lo que ordenamos, que adquiri, que adquirimos, purchase i
		made, my purchase, meu pacote, minha compra, minha encomenda, o que comprei
	`),
	/** What follows a parcel on its way. */
	tracking: phrases(`
		guia, numero de guia, numero de seguimiento, codigo de seguimiento, codigo de rastreo, codigo de rastreio, link
		de rastreo, enlace de rastreo, pagina de rastreo, rastreo, rastreio, tracking, tracking number, track
	`),
	/** A stop of things or of messages: what is not to be sent decides. */
	dontSend: phrases(`
		no me manden, ya no me manden, no me envien, ya no me envien, no me mande, ya no me mande, no me envie, no
		manden, ya no manden, no envien, ya no envien
	`),
	/** An order that exists, whatever is said about it. */
	placedOrder: phrases(`
		pedido que hice, pedido que hicimos, pedido que les hice, pedido que les hicimos, pedido ya hecho,
		compra que hice, compra que hicimos, compra que realice, orden que hice, orden que puse, orden que
		pusimos, pedido que realice, pedido que realizamos, pedido que puse, pedido que tengo, pedido en curso,
		pedido pendiente, hice una compra, hicimos una compra, realice una compra, realizamos una compra, hice
		un pedido, hicimos un pedido, hice el pedido, hicimos el pedido, realice un pedido, realizamos un
		pedido, puse un pedido, pusimos un pedido, pedido de ayer, pedido de hoy, pedido de la semana pasada,
		compra de ayer, ya pagad*, i ordered, we ordered, i placed an order, que pague, que ya pague, que pagamos, que ya
		pagamos, lo que pague, que ya compre, que ya compramos, compra que ya hice
	`),
	where: [
		...phrases(`
		alcanza a, si alcanza, salen hoy, sale hoy, salio hoy, va saliendo, lo traen, la traen, los traen, me lo traen, cuando lo traen, no lo traen, vuelven a pasar,
		cuando vuelven, volver a pasar, quien recibio, quien firmo, lo recibio, la recibio, con que empresa, que transportadora, bodegaje,
		pasar ... por mi, pasar ... por mis, pasar ... por nuestr*, paso ... por mis,
		dijeron ... dias, prometieron ... dias, ya van ... dias, ya llevan ... dias,
		pasaron los dias, dias habiles, pasaron ... dias, paso una semana, paso el plazo,
		cuanto se demor*, cuanto demor*, cuanto tard*, cuanto se tard*, cuanto tiempo, recibi, recibimos,
		recibir, en transito, reprogramar, por donde va, por donde viene, cuando sale, cuando entregan, cuando
		envian, cuando estaria, cuando estara, ya salio, ya sale, ya viene, ya va, ya llego, ya esta listo, ya
		esta lista, ya estan listos, como va, en que va, en que estado, que paso con, que ha pasado con, que
		hubo de, que hay de, que saben de, que se sabe de, razon de, noticias de, noticia de, novedades de,
		estado, estado de, status, estatus, rastre*, segui*, hacer seguimiento, demora*, demorad*, retras*,
		atras*, tarda*, tardan, hace ... dias, hace ... semana*, hace rato, quedo en llegar, quedaron de
		entregar*, quedaron de enviar*, quedaron en enviar*, quedaron de traer*, quedaron en entregar*, me iban
		a entregar, debia llegar, debio llegar, tenia que llegar, tenian que entregar, llega hoy, llega manana,
		llegara hoy, llegara, llegar, llegan, llegado, where is, when will, arrive, delivery, onde esta, quando
		chega, chega, chegou, cuanto falta, cuanto le falta, para cuando, cuando, recibido, entregado,
		entregaron, entregan, enviado, en camino, ubicar, fecha de entrega, fecha estimada, hora de entrega,
		direccion de entrega, entreg*, llegaba, llegaban, llego, me llego, llegaron, me llegaron, llega,
		lleguen, llegue, me mandaron, me enviaron, a que hora pasan, pasan a, en que quedo, como voy con, en que
		parte, no se nada, no sabemos nada, no me dicen nada, nadie me dice, nadie me da razon, no me dan razon,
		no he sabido nada, ninguna noticia, sin respuesta de, en preparacion, alistando, en alistamiento,
		alistamiento, empacado, quien lo trae, quien trae, quien me lo trae, me avisan cuando, avisan cuando, me
		avisas cuando, avisame cuando, se sabe algo, alguna novedad, alguna noticia, confirmacion de envio,
		listo para recoger, puedo recoger, puedo pasar por, paso a recoger, paso por el, paso por mi, lo puedo
		recoger, puede recibir, quien recibio, quien recibe, me dijeron que llegaba, me dijeron que hoy, dijeron
		que hoy, dijeron que llegaba, dijeron que manana, cuando lo puedo reclamar, puedo reclamar mi, puedo
		reclamarlo, reclamarlo en, lo puedo reclamar, cuando lo reclamo, que dia me, cuantos dias faltan,
		chegar, atrasado, atrasada, hacer rastreo, rastrear*, procesando, dice procesando, ya procesaron, ya la
		procesaron, ya lo procesaron
		`),
		...joined(
			words('quedo quedaron quedaste'),
			['de', 'en'],
			['', 'me', 'nos'],
			words('entregar* enviar* mandar* traer* llegar* despachar* pasar*'),
		),
	],
	orderChange: phrases(`
		echar para atras, echarlo para atras, me arrepenti, no es lo que compre, algo que no compre, sin la base, sin el cable, sin el control, agregarle un, agregarle una,
		sin dejarme nada, hagan el cambio, mandar solo, manden solo, me llego doble, llego repetid*,
		ya llego incomplet*, ya me llego incomplet*, ya llego equivocad*, ya me llego equivocad*,
		cancelenlo, cancelelo, cancelenla, cancelela, cancelarla, anulenlo, anulelo, anularlo,
		cancelar ... pedido, cancelar ... orden, cancelar ... compra, cancelen ... pedido, anular ... pedido,
		anular ... compra, anular ... orden, cambiar ... direccion, cambio de direccion, modificar ... pedido,
		modificar ... orden, cambiar ... pedido, agregar ... pedido, agregarle ... pedido, adicionar ... pedido,
		sumar ... pedido, quitar ... pedido, aplazar ... entrega, reprogramar, incomplet*, me falto, me
		faltaron, me falta, me faltan, falto, faltaron, faltan, faltante*, equivocad*, no es lo que pedi, no era
		lo que pedi, no es el que pedi, no es la que pedi, no corresponde, llego otr*, me llego otr*, me
		enviaron otr*, me mandaron otr*, mandaron otr*, enviaron otr*, no es el color, no es el modelo, no es la
		referencia, me trajeron otr*, cancel my order, cancelar meu pedido, devolver, devolucion, devoluciones,
		solo llegaron, solo me llegaron, solo llego, llegaron menos, vino incompleto, ya no quiero ... pedido,
		no quiero ... pedido, no quiero ... orden, no quiero ... compra, ya no lo quiero, ya no la quiero,
		cancelarlo, cancelo el pedido, cancelar pedido, cancelar mi compra, anular pedido, llegaron solo, me
		llegaron solo, llego solo, me dieron menos, me entregaron menos, menos cajas, menos unidades, me
		mandaron ... equivocad*, equivocaron, se equivocaron, pero me mandaron, pero me enviaron, y me mandaron,
		y me enviaron, y me llego, y me entregaron, lo cancelo, otro color, color diferente, modelo diferente,
		talla diferente, diferente al que, entrega sea, entreguen antes, entregar antes, lo entreguen en, lo
		entreguen el, entrega para otro dia, solo trajeron, solo nos llego, solo nos llegaron, nos faltan, nos
		falto, nos faltaron, nos falta, y el resto, el resto del, resto de lo, la otra parte, una parte del,
		llego una parte, vino menos, vinieron menos, llego la mitad, solo la mitad, no era el que, no era la
		que, distinto al, distinta a la, otra referencia, otro modelo, corregir ... direccion, direccion esta
		mal, direccion errada, otra direccion, nueva direccion, me mude, nos mudamos, incluir ... pedido,
		incluirle ... pedido, agregar al pedido, sumarle, meu pedido veio errado, wrong item, wrong product,
		missing item*, cambio del producto, cambio de producto, cambio de color, el primero no era, no era ese,
		no era esa, no es ese el, no es esa la, no eran esos, no eran los que, posponer, pospongan, aplazar,
		lleguen otro dia, sede equivocada, otra sede, solo uno, ya no me manden el, ya no me envien el, cancelar
		o pedido, trocar, exchange it, return it, change the address, cambiar ... que compre, cambiar ...
		comprado, viene abierto, paquete abierto, caja abierta, falta un, falta una, falta el, falta la, no la
		mia, no el mio, no es mio, no es mia, no es el mio, no es la mia, otra caja, otro producto, algo que no
		pedi, no puedo recibir*, no podemos recibir*, no alcanzo a recibir*, que no pedi, no lo pedi
	`),
	fault: [
		...phrases(`
		no da senales de vida, no da senal de vida, sin funcionar, da error, al reves, en blanco cada, chispa*, chilla*, chillar, se descolg*, desalinead*, corrid*, se desconfigur*, se puso ties*,
		se pone ties*, se quedo en, no encuentra la, no me llega el codigo, codigo de verificacion no, muerta, muerto, no le entra, no notifica, se va a morir, se movio, apunta a,
		nada que mejora, nada que arranca, sin permisos, como robot, manchad*, se ve amarill*, se ve verde, se ve rosad*, todo rosado, todo amarillo, pantalla verde,
		ya llego dan*, ya me llego dan*, ya llego rot*, ya me llego rot*, ya llego mal*, ya llego golpead*,
		nao funcionou, nao deu certo, nao resolveu, didn't work, did not work,
		pantalla en negro, pantalla en blanco, queda en negro, quedo en negro,
		seco, seca, secos, secas,
		aparece error, aparece un error, muestra error, muestra un error, da error, da un error, marca error, marca un error, saca error, saca un error, codigo de error, error 0x*, no podemos facturar, no podemos imprimir, no podemos entrar, no podemos ingresar, no podemos abrir, no podemos trabajar, no podemos conectar*, no podemos usar*, no aguanta*,
		calienta, calientan, error al facturar, no puedo facturar, no deja facturar, no me deja facturar, no permite
		facturar, overheat*, very hot, gets hot, too slow, very slow, freezes, frozen, raya, rayon, rayones, se nos cayo,
		se cayo el internet, se cayo la red, se cayo el sistema, se nos cayo el internet, volvio a prender, no
		volvio a prender, sin conexion, sin senal, desconecto, se desconecto, borro todo, se me borro todo, no
		retiene, no esta leyendo, no funciona*, no me funciona*, no esta* funcionando, dejo de funcionar, no
		prende*, no me prende, no enciende*, no me enciende, no carga*, no me carga, no imprime*, no me imprime,
		no esta imprimiendo, no da imagen, no da video, no da senal, no da, no arranca, no inicia, no abre, no
		me abre, no sirve*, no me sirve*, no sirvio, no conecta*, no se conecta, no me conecta, no reconoce, no
		me reconoce, no detecta, no lee, no escanea, no suena, no se escucha, no se ve, no copia, no responde,
		no hay internet, no tengo internet, sin internet, sin red, no hay red, no coge, no graba, no gira, no
		hace nada, no quiere prender, no quiere, no deja, no me deja, no puedo entrar, no puedo ingresar, no
		puedo imprimir, no puedo abrir, no puedo conectar*, no puedo acceder, no puedo, se apaga, se apago, se
		bloque*, se pega, se pego, se queda pegad*, se traba, se trabo, se reinicia, se reinicio, se congela, se
		calienta, se recalienta, recalent*, se cuelga, se cae, se cayo, se dan*, se me dan*, se nos dan*, se
		quemo, se me quemo, se quebro, se partio, se rompio, se me rompio, se rego, se me cayo, se desconecta,
		se descarga, danad*, danar*, se dano, dano, danos, roto, rota, rotos, rotas, quebrad*, golpead*, rayad*,
		rayas, defect*, falla, fallas, fallo, fallos, fallando, fallan, fallaron, pantalla azul, pantallazo
		azul, pantalla negra, lento, lenta, lentos, lentisim*, virus, ruido, ruidos, atasc*, atorad*, humo,
		quemad*, mal estado, malo, mala, malos, malas, salio mal*, salieron mal*, desconfigur*, hackea*,
		goteras, gotea, chorrea, mancha*, borros*, parpadea, titila, intermiten*, bota error, sale error, sale
		un error, caido, caida, incidente, incidencia, not working, doesn't work, doesnt work, does not work,
		broken, broke, damaged, nao funciona, nao liga, quebrou, com defeito, defeito, estragad*, crash*, pita,
		pitando, descompuest*, malogr*, bug, perdi la informacion, me vino malo, vino malo, llego malo, llego
		mala, llego golpead*, llego rot*, llego dan*, llegaron dan*, llego mal, mal funcionamiento, no da tono,
		no agarra, no jala, ya no prende, stopped working, parou de funcionar, won t turn on, won't turn on,
		averia*, averiad*, partida, la parti, pantalla partida, raro, rara, raros, suena raro, bloque*,
		bloquearon, perdi mis, perdi la, perdi los, se perdio, se perdieron, se borr*, se me borr*, no tenemos
		red, no tenemos internet, no tenemos sistema, sin sistema, dejo de, dejaron de, no logro, no logramos,
		no hemos podido, no he podido, no se pudo, no se puede, sale en blanco, en blanco, no es compatible, hay
		una falla, tengo una falla, presenta fallas, presenta falla, licencia vencida, licencia expirada,
		licencia caducada, licencia vencio, no dura nada, no me saca, salen rayas, sacando rayas, lineas en la
		pantalla, quedo sin sonido, sin sonido, sin imagen, sin video, se fue el, se nos fue, se fue la, en
		prender, en arrancar, en encender, en cargar, en abrir, en iniciar, trabad*, pegad*, congelad*, colgad*,
		no pasa de, no pasa del, se queda en, se quedo en, no termina de, no sube, no baja, no toma, no mueve,
		sale rayado, sale rayada, salen rayadas, sale torcid*, sale mal, derram*, se mojo, mojad*, inund*,
		chisp*, huele a quemado, corto circuito, cortocircuito, pixel*, estall*, inflad*, hinchad*, sulfat*,
		oxidad*, flojo, floja, desajust*, sobrecalent*, ransomware, troyano, malware, encript*, no guarda, no
		enlaza, no empareja, no sincroniza, no actualiza, no descarga, no valida, acceso denegado, sin acceso,
		no tengo acceso, no accede, desconect*, se sale del, se cierra, se cierra solo, un dano, con un dano, no
		pita, no vibra, no rota, no corta, no avanza, no termina, se atranca, se enreda, se traga, arruga, no
		jala papel, no lo lee, no la lee, no los lee, no lo reconoce, no la reconoce, no lo toma, no la toma, no
		lo agarra, infectad*, se murio, se traba*, tira error, hace parpadeos, no anda, no andan, no camina, no
		levanta, es falso, es falsa, son falsos, falsific*, no es original, no son originales, chiviad*, pirata,
		pirateado, chimbo, chimba, me estafaron, explot*, revent*, fundi*, me saca de*, me sacan de*, me bota
		de*, me bota, me expulsa, no marca, no registra, no timbra, no entra, anda mal, funciona mal, trabaja
		mal, no trabaja, dejo de servir, quedo peor, quedo igual, sigue igual, sigue fallando, volvio a fallar,
		sigue sin funcionar, offline, fuera de linea, se desprendio, se solto, se zafo, se despego, hace un
		sonido, suena feo, hace bulla, died, is dead, se daño solo, no levanto, no subio, no esta enfriando, no
		enfria, no proyecta, no amplifica, no abren, no cargan, no prenden, no sirven, no funcionan, no
		imprimen, no suenan, no encienden, won't start, keeps restarting, esta muerto, esta muerta, parou,
		travou, travando, queimou, estragou, tela azul, tela preta, sem internet, sem sinal, no signal, stuck,
		flicker*, jammed, paper jam, crashed, can't print, can't log, can't connect, can't access, cannot print,
		won't, not charging, not responding, not connecting, not printing, not recognized, reiniciar*, toca
		reiniciar, da tirones, tirones, se ve borroso, sale borroso, pantalla rota, cayo la red, cayo el
		sistema, cayo el servidor, se queda cargando, se quedo cargando, se queda pensando, bota la hoja, bota
		hojas, solo por un lado, de un solo lado, deja manchas, sale manchad*, sigue sin, tengo virus, ya estaba
		usado, ya esta en uso, ya fue usado, codigo usado, no es valido, no es valida, invalid*, no pude, y no
		puede, ventanas emergentes, publicidad en el navegador, no quiere funcionar, esta mal el equipo
		`),
		...joined(
			['se', 'se me', 'se nos'],
			words('apag* prend* reinici* cierr* abr* muev* borr* desconect* bloque* desconfigur* desactiv* cambi*'),
			words('solo sola solos solas solito solita'),
		),
		...joined(
			['no tiene', 'ya no tiene', 'no tienen', 'quedo sin', 'esta sin', 'estan sin'],
			words(
				'sonido audio imagen video senal papel brillo color wifi internet red conexion tinta corriente energia tono',
			),
		),
		...joined(['no', 'ya no'], ['', 'me', 'se', 'nos', 'lo', 'la', 'le', 'quiere'], NOT_DONE),
		...joined(
			words('imprime imprimen escanea copia sale salen'),
			['', 'todo', 'muy'],
			words('torcid* mal rar* clarit* borros* chuec* cortad* movid* incomplet*'),
		),
		...joined(['nada que', 'ni'], ['', 'me', 'se', 'nos'], NOT_DONE),
		...joined(
			[
				'pierde',
				'pierden',
				'perdio',
				'perdimos',
				'se pierde',
				'se perdio',
				'se va',
				'se nos va',
				'se cae',
				'se nos cae',
			],
			['', 'la', 'el'],
			words('conexion senal internet red wifi'),
		),
	],
	howTo: phrases(`
		olvid* ... patron, olvid* ... pin, patron de desbloqueo,
		que significa, que significan,
		como desbloqueo, como vinculo, como desinstalo, como guardo, como borro, como paso, como comparto, como
		creo, como saco, como activo, como conecto, como pongo, como le pongo, como coloco, como quito, como
		abro, como entro, como ingreso, como imprimo, como escaneo, como apago, como limpio, como se limpia,
		como se pone, como le hago, como hago para que, no encuentro como, como accedo, como bajo, como subo,
		como hago una copia, como formateo, como instal*, como se instal*, como configur*, como se configur*,
		como activ*, como se activ*, como conect*, como se conect*, como puedo instalar, como puedo configurar,
		como puedo activar, como puedo conectar, como cambio, como se cambia, como le cambio, como reinicio,
		como restablezco, como recupero, como se usa, como se utiliza, como uso, como funciona, como actualiz*,
		como descargo, configurar, configuracion, instalar, instalacion, activar, activacion, contrasena,
		contrasenas, clave, claves, password, driver, drivers, controlador*, reinstalar, actualizar windows,
		actualizacion, soporte remoto, anydesk, teamviewer, how do i, how to, como eu, restablecer, recuperar,
		vincular, desbloquear, no se como, tutorial, setup, instalen, instalenme, instalarme, me instalan, le
		instalen, instale, configuren, me configuran, configurenme, reset my, set up
	`),
	supportWord: phrases(`
		soporte, soporte tecnico, suporte, support, ayuda tecnica, asistencia tecnica, asistencia, mesa de ayuda,
		helpdesk, tecnico, tecnicos, servicio tecnico, ingeniero de soporte, visita tecnica
	`),
	repair: phrases(`
		para revision, a revision, en revision, formatear, formateo, formatearlo, formatearme, formateen, solucionen, solucionar, solucionarme, me
		solucionen, repara*, reparen, arregl*, diagnostico, diagnosticar, garantia, garantias, hacer efectiva la
		garantia, efectiva la garantia, efectiva garantia, aplicar garantia, aplica garantia, aplica la
		garantia, reclamar garantia, reclamar la garantia, reclamo de garantia, reclamo por garantia, pedir
		garantia, por garantia, tramitar garantia, tramite de garantia, usar la garantia, la garantia, garantia
		de mi, en garantia, repair, warranty claim, conserto, consertar, componer, taller, equipo que deje, que
		deje en revision, que les deje, cambiar la pantalla, cambio de pantalla, cambio de bateria, cambiar* ...
		pantalla, cambiar* ... teclado, cambiar* ... bateria, cambiar* ... bisagra*, cambiar* ... pin, cambiar*
		... display, cambio de teclado, cambio de disco, cambio de bisagra*, cambio de pin, cambio del pin,
		cambio de display
	`),
	document: phrases(`
		instrucciones de, instrucciones del, instrucciones para, las instrucciones, folleto*, algo firmado, papel firmado,
		papel que diga, papel donde diga, algo que pruebe, algo que certifique, documento que lo diga, un papel con,
		numero de serie por escrito, soporte firmado, soporte de la visita, informe completo, informe de la visita, copia firmada, contrato firmado, condiciones del contrato,
		carta del fabricante, carta de, poder del, encuesta de proveedor*, hojita de, hojas de vida, referencias de, acuerdo de nivel, calibracion, evidencia de,
		remision del, remision de, la remision,
		hoja de vida de la empresa, hoja de vida del proveedor,
		hoja* de vida ... equipo*, hoja* de vida ... computador*, hoja* de vida ... maquina*,
		catalogo tecnico, garantia en papel, garantia firmada, garantia impresa, certifiquen, certifique, certificar, certificarnos, certificad*, certificac*, sertificado*, rut, camara
		de comercio, ficha*, ficha tecnica, fichas tecnicas, hoja tecnica, hoja de datos, hoja de seguridad,
		hojas de seguridad, datasheet*, data sheet*, contrato*, carta, cartas, carta de garantia, certificado de
		garantia, poliza de garantia, poliza, polizas, constancia*, referencia comercial, referencias
		comerciales, acta, actas, acta de entrega, manual, manuales, manual de usuario, documento, documentos,
		documentacion, papeles, papeleria legal, paz y salvo, composicion accionaria, representante legal,
		estados financieros, formulario*, registro de proveedor, registro como proveedor, inscripcion de
		proveedor*, registro de proveedores, vinculacion de proveedor*, creacion de proveedor*, creacion como
		proveedor, vinculacion, acuerdo de confidencialidad, nda, habeas data, politica de datos, politica de
		tratamiento, certificate, contract, documents, certidao, contrato social, documentos legales, planos,
		registro invima, declaracion de importacion, manifiesto de importacion, manifiesto, certificacion
		bancaria, certificado bancario, retie, iso 9001, sst, seguridad social, carta de distribuidor,
		parafiscales, paper work, hoja de vida del equipo, certificado de retencion*, certificados de
		retencion*, cedula del representante, copia del contrato, copia de contrato, carta laboral, reporte de
		servicio, orden de compra firmada, firmar, firma, terminos y condiciones, ficha tec*, especificaciones
		en pdf, reporte de, reporte del, reporte de mantenimiento, informe tecnico, informe de mantenimiento,
		planilla, planillas, planilla de, certificado iso, requisitos, hoja de vida de los equipos, documento
		legal, copia del acta, copia de la cedula, permisos, dictamen, politica*, politica de garantia*,
		resolucion*, registro mercantil, licencia de funcionamiento, anexo tecnico, pliego*, guia de usuario,
		instructivo*, hoja de especificaciones, evaluacion de proveedor*, sarlaft, garantia por escrito,
		formato, formatos, formato de, registro de importacion, registro sanitario, remision firmada, copia de
		la remision, remision sellada, guia firmada, guia sellada, para la licitacion, arl, hoja de vida del
		tecnico, hoja de vida del ingeniero, rup, antecedentes, certificado de antecedentes, carta comercial,
		carta de presentacion, carta de autorizacion, autorizacion del fabricante, disposicion final,
		declaracion de conformidad, tax registration, camara y comercio, constancia de situacion fiscal,
		certificado de licenciamiento, registro tic, user manual, manual em portugues, warranty certificate,
		declaracion juramentada
	`),
	invoice: phrases(`
		pagar ... deuda, pagar ... obligacion, pagar ... saldo,
		factura, facturas, fatura, faturas, facturar, facturacion, facturaron, facturado, facturen, facturita,
		facutra, factua, factura electronica, copia de la factura, copia de factura, invoice, invoices, nota
		fiscal, recibo, recibos, recibo de caja, recibo de pago, cufe, dian, xml, nota credito, notas credito,
		nota de credito, nota debito, refactur*, boleta, comprobante fiscal, cuenta de cobro, razon social,
		datos de facturacion, radicar, radicacion, prefactura, certificado de factura, cfdi, timbrar, timbrado,
		timbren, factura timbrada, dte, duplicado, duplicado de la factura, fe-*, fev-*, fve-*, tirilla, ticket
		de compra, tiquete de compra, documento equivalente, cierre de facturacion, receipt, receipts, segunda
		via da nota, nota fiscal eletronica, factura mal hecha
	`),
	pay: phrases(`
		pagad*, por que me cobran, por que nos cobran, por que me cobraron, por que nos cobraron, por que me estan cobrando,
		descontaron, descontaron dos veces,
		es el soporte, este es el soporte, ahi va el soporte, ahi esta el soporte, aqui esta el soporte, aqui va el soporte, le mando el soporte,
		les mando el soporte, le envio el soporte, les envio el soporte, ya envie el soporte, ya mande el soporte, recibieron el soporte,
		charged, charged twice, double charge, pagan, paguen, me pagan, nos pagan, le pagan, pagarme, pagarnos,
		pago, pagos, pagar, pagarles, pagarle, pague, pagamos, pagado, pagaron, pagaria, consign*, transfer*,
		abono, abonos, abonar, abone, saldo, saldos, cartera, deuda, deudas, debo, les debo, debemos, debiendo,
		datos bancarios, numero de cuenta, cuenta bancaria, cuenta de ahorros, cuenta corriente, cuenta de
		bancolombia, a que cuenta, que cuenta, cuenta para, datos de la cuenta, datos para, pse, link de pago,
		enlace de pago, nequi, daviplata, bancolombia, davivienda, retencion*, retefuente, reteiva, reteica,
		estado de cuenta, estados de cuenta, estado de mi cuenta, cobro, cobros, cobraron, me cobraron, me estan
		cobrando, cobrando, cobraron de mas, doble cobro, mora, en mora, vencid*, vencimiento, vence, cuota,
		cuotas, comprobante, comprobantes, comprobante de pago, comprobante de transferencia, soporte de pago,
		soporte del pago, soportes de pago, soporte de la transferencia, soporte de consignacion, soporte de
		transferencia, soporte del abono, pantallazo del pago, pantallazo de la transferencia, voucher,
		anticipo, anticipos, tesoreria, contabilidad, contador, area financiera, financiera, financiero, cupo,
		cupo de credito, plazo de pago, acuerdo de pago, ponerme al dia, ponernos al dia, cancelar la deuda,
		cancelar ... deuda, cancelar ... factura*, cancelar ... saldo, cancelar ... cuota, cancelar el valor,
		cancelar lo que, cancelar lo pendiente, ya cancele, payment, paid, pagamento, boleto, pix, reportar
		pago, reportar un pago, confirmar pago, confirmar el pago, cuentas por pagar, cuentas por cobrar,
		proveedores y pagos, me descontaron, debito, debitaron, plata, dinero, extracto, conciliar,
		conciliacion, causar, giro, giraron, bill, billing, cobranca, swift, programar el pago, programacion de
		pago*, pago pendiente, saldo pendiente, factura pendiente, mi tarjeta, tarjeta rechazada, rechazo la
		tarjeta, rechazo mi tarjeta, pago rechazado, ponerse al dia, cobro que no, me siguen cobrando, siguen
		cobrando, gire, le giro, les giro, intereses, interes de mora, cobranza, cobro juridico, soporte
		contable, orden de pago, pagina de pagos, boton de pago, sin pagar, por pagar, pagarla, pagarlo,
		pagarte, consignar, deposit*, datos de pago, a donde pago, donde pago, donde consigno, donde transfiero,
		como pago, valor a pagar, total a pagar, cuanto tengo que pagar, cuanto me toca pagar, cuanto me falta
		por pagar, desembols*, depositar, pago en linea, pago reflejado, cambi* de banco, cambi* de cuenta,
		cambi* ... cuenta bancaria, otra cuenta, tengo pendiente con ustedes, lo que tengo pendiente, cuanto
		tengo pendiente, confirmacion del pago, confirmacion de pago, nada de confirmacion, captura del pago,
		captura de la transferencia, pantallazo de pago, cheque, cheques, efecty, baloto, estoy al dia, estamos
		al dia, autorretenedor*, gran contribuyente, grandes contribuyentes, segunda via, bank details, bank
		account, how can i pay, how do i pay, pay, wire transfer, owe, balance, overdue, account statement,
		envio soporte, mando soporte, adjunto soporte, adjunto el soporte, mando el soporte, envio el soporte,
		soporte adjunto, va el soporte, les paso el soporte, quero pagar, paguei, como faco para pagar, estorno,
		cobraron doble, cobro doble, no debo nada, pague dos veces, pagamos dos veces, pago doble, doble pago,
		por error pague, pague de mas, pague mas, mis cuentas, nuestras cuentas, descuenten*, descuentan*, me
		descuentan, zona franca, exento, exenta, regimen simple, responsable de iva
	`),
	refund: phrases(`
		reintegr*,
		reembols*, devolucion de dinero, devolucion del dinero, devolucion de mi dinero, devuelvan ... plata,
		devuelvan ... dinero, devolucion de la plata, devolver ... plata, devolver ... dinero, devolvieron ...
		plata, devolvieron ... dinero, devuelvan lo que, devuelvanme lo que, devolver lo que pague, refund*, money back, reverso, reversar, reversion
	`),
	tax: phrases(`
		iva, impuesto*
	`),
	trouble: phrases(`
		dice que no hay, dice que no tiene, dice que falta*, sale que no, aparece que no, sale un mensaje, sale el mensaje, aparece un mensaje, aparece el mensaje, sale un aviso, aparece un aviso,
		problema*, inconveniente*, error, errores, novedad con, novedad, problem, problems, erro, hay un
		problema, hay problemas, tengo un problema, tengo problemas, tenemos un problema, hay un error, tengo un
		error, tuve un problema, presenta problemas, tiene mal, tienen mal, quedo mal, quedaron mal, esta
		errad*, errad*
	`),
	question: phrases(`
		duda, dudas, pregunta, preguntas, preguntar, averiguar, consulta, consultar, question, averigu*, me
		averigua*, cotejar
	`),
	resolved: phrases(`
		ya esta funcionando, ya estan funcionando, ya prendio, ya esta imprimiendo, ya imprimio, ya arranco, ya conecto,
		ja esta funcionando, ja funciona, ja chegou, ja recebi, funcionou, deu certo, resolvido, resolveu, ja resolvi,
		works now, working now, is working, it worked, fixed it, got it working,
		ya lo compre, ya la compre, ya los compre, ya las compre, ya lo compramos, en otro lado, en otra parte, ya lo consegui, ya la consegui,
		ya los consegui, ya lo conseguimos,
		ya me llego, ya llego, ya lo recibi, ya la recibi, ya recibi, ya funciona, ya quedo, ya pude, ya me
		respondieron, ya solucion*, ya se soluciono, ya me ayudaron, ya me atendieron, ya me cotizaron, ya lo
		solucione, ya esta solucionado, ya no necesito, ya me contactaron, ya me llamaron
	`),
	optOutWord: phrases(`
		no mas, baja, stop, alto, parar, salir, spam, darme baja, unsubscribe
	`),
	review: phrases(`
		revis*, chequear, mirar el equipo
	`),
	botThing: phrases(`
		este chat, este bot, este menu, el bot, el menu, el chat, este robot, este sistema automatico
	`),
	statement: phrases(`
		hala, jala, halan, traga, arranca,
		se, quedo, quedaron, queda, esta, estan, sale, salen, hace, pone, puso, ponen, suena, suenan, huele,
		escribe, muestra, aparece, aparecen, bota, le fue, pide, se ve, se ven, sigue, siguen, anda, vino, salio,
		salieron, me saca, nos saca, a cada rato, cada rato, cuando abro, cuando prendo, cuando lo prendo, desde
		ayer, de repente, de la nada, se nos, se me, se le, solo aparece, me aparece, me muestra, me dice, no dura,
		dura muy poco, solo dura, dejo, dejaron
	`),
	dispatch: phrases(`
		despacho, despachos, despach*, no me han despachado, no han despachado, no despachan, no me despachan, no lo
		despachan, me van a despachar, van a despachar, cuando lo despachan, cuando me despachan, ya despacharon, ya
		lo despacharon, ya la despacharon, ya me despacharon, cuando despachan
	`),
	howToDo: phrases(`
		como hago para, como puedo, como se puede, que debo hacer para, que hago para, que tengo que hacer para,
		como hago
	`),
	maintenance: phrases(`
		mantenimiento*, mantenimiento preventivo, mantenimiento correctivo, mantto, mantenimientos preventivos
	`),
	person: phrases(`
		buscando a la senora, buscando al senor, buscando a don, buscando a dona, buscando al ingeniero, buscando a la ingeniera, buscando a la doctora, buscando al doctor,
		buscando a la senorita, busco a la senora, busco al senor, busco a don, busco a dona, busco al ingeniero, busco a la doctora,
		entenderme con, entenderse con, me entiendo con, siempre me atend*, me atendia, me vuelve a atender, timbrar, me timbr*, timbreme, oir la voz,
		un cristiano, digale que, digale a, digale por favor, diganle a, su celular, el celular de, el numero de la, el numero del, numero fijo, como lo contacto,
		como la contacto, coordinar una reunion, agendar una visita, programar una reunion, una entrevista, con el senor de, con la senora de, con la nina de,
		devuelva la llamada, devuelvan la llamada, me devuelv* ... llamada, alguien que me oriente, me oriente alguien,
		no mas robot*, no mas bot, no mas bots, no mas maquina*, no mas menu*, no mas opciones, numero directo, linea directa,
		que me marquen, que me marque, me puede marcar, me pueden marcar, marqueme, marquenme, me marcan,
		asesor, asesora, asesores, un asesor, asesor comercial, persona, una persona, persona real, humano,
		humana, ser humano, agente, alguien, operador, operadora, ejecutivo, ejecutiva, vendedor, vendedora,
		hablar con*, comunicarme, comuniqueme, comuniquenme, comunicar, me comunica, me comunican, me comunicas,
		comunicame, pasame, paseme, paseme con, me pasa con, me pasas con, me llam*, llamar, llamenme, llameme,
		llamame, llamada, que me llamen, puede llamar, pueden llamar, me pueden llamar, numero de telefono,
		numero para llamar, telefono de contacto, telefono para llamar, atencion humana, atencion personalizada,
		atencion al cliente, servicio al cliente, no quiero hablar con un bot, no quiero hablar con un robot, no
		quiero hablar con una maquina, no quiero bot, no quiero un bot, no quiero robots, no quiero hablar con maquinas, robot, bot, maquina,
		contestadora, encargado, encargada, gerente, jefe, supervisor, supervisora, dueno, secretaria, human,
		agent, real person, speak to, talk to, speak with, talk with, somebody, someone, atendente, falar com,
		que me atiendan, me atienda, me atiende, atiendame, atiendanme, quien me atiende, quien me puede
		atender, me contacte*, me contacten, contactarme, que me contacten, contacto con, un comercial, queja,
		quejas, poner una queja, pqr, pqrs, reclamo, reclamacion, reclamar, pesimo servicio, mal servicio,
		pesima atencion, mala atencion, area comercial, contactenme, contactame, contacteme, contacten,
		contactarnos, llamar*, llamen*, llameme*, pueden llamarme, puedes llamarme, marcarme, me marcan, me
		pueden marcar, hablar, hablo con, telefono de la oficina, telefono de ustedes, numero de ustedes, numero
		de contacto, telefono fijo, personalmente, en persona, quien me puede, quien me ayuda, quien me puede
		ayudar, hay alguien que, alguien que me, want to talk, want to speak, call me, mi asesor, mi asesora, mi
		comercial, mi vendedor, un ser humano, whatsapp de un asesor, no quiero ... maquina, no quiero ...
		robot, no quiero ... bot, no quiero seguir hablando, numero de un asesor, numero del asesor, contacto de
		un asesor, con ventas, area de ventas, departamento de ventas, ejecutivo de cuenta, que me atienda*, que
		me atendiera, atendiera, agendar una reunion, agendar una cita, agendar una llamada, videollamada, una
		cita, visita comercial, transfier* ... asesor, pasar a un asesor, pasame a, no contestan, nadie
		contesta, no responden, nadie responde, llevo llamando, he llamado, los llamo, estoy llamando, no
		contestan el telefono, atender, atenderme, atendernos, pueda atender, me pueda atender, puedan atender,
		atencion de una persona, alguien ahi que, carne y hueso, con quien hablo, con quien puedo hablar,
		comunicarme con, coordinador*, director, administrador, contestenme, respondanme, alguien me responde,
		alguien me contesta, alguien que conteste, alguien que responda, alguien real, live agent, customer
		service, alguem, need a person, a person, is anyone there, anyone there, human being, representative,
		speak with someone, atendimento humano, uma pessoa, falar com alguem, com uma pessoa, quero falar, can
		someone, customer support agent, quej*, linea telefonica, linea de atencion, linea de servicio, telefono de atencion, any human, pongame con, ponganme con, pongame a, en que numero los llamo,
		a que numero los llamo, a que numero llamo
	`),
	optOut: [
		...phrases(`
		no las quiero recibir, no los quiero recibir, no quiero recibirl*, no lo hagan mas, que no lo hagan mas, no he autorizado que, nunca autorice,
		desinscrib*, me llenan de, me tienen saturad*, saturado de, saturada de, cansado de tanto mensaje, que los eliminen, que los borren, que lo eliminen, que lo borren, que me eliminen, que me borren, no recibirla mas, no recibirlas mas,
		no recibirlo mas, no recibirlos mas, no me llegue nada mas, que no me llegue*, dejar de llegarme, seguir recibiendo sus, estar recibiendo sus,
		estar recibiendo su, ni un mensaje mas, ni uno mas, no volver a mandar*, no volver a enviar*, retir* ... directorio, retiro de mi numero, sacar* ... campanas,
		sacara* ... campanas, saqu* ... campanas, quit* de su sistema, quitenlo de, quitenla de, nunca pedi estos mensajes, nunca pedi mensajes, no enviar mas,
		dejen el spam, dejen tanto spam, no mas spam, paren el spam, paren ... spam, basta de spam, quit* de ... envios, retir* de ... envios,
		saqu* de ... envios, saca* de ... envios, borr* de ... envios, elimin* de ... envios,
		quit* ... publicidad, saqu* ... publicidad,
		no volver a escribir*, no volver a llamar, no volver a contactar*, eliminen ... informacion, eliminar mi
		informacion, elimine mi informacion, borren ... informacion, borrar mi informacion, borre mi
		informacion, borra mi informacion, suprim* ... informacion, retir* ... informacion, no me escriban, no
		me escriban mas, no me escribas, no me escribas mas, no me escriba, no me escriba mas, no me mandes, no
		me envies, no enviarme, no me vuelvan a, no me vuelva a, no vuelvan a escribir*, no escriban mas, no mas
		mensajes, no quiero mas mensajes, no quiero recibir, no deseo recibir, no deseo mas, no quiero que me
		escriban, no quiero que me envien, no quiero que me manden, no quiero que me contacten, no quiero que me
		vuelvan, no deseo que, no me contacten, no me contacten mas, no me interesa recibir, dejen de escribir*,
		deje de escribir*, deja de escribir*, dejen de enviar*, dejen de mandar*, dejen de molestar, dejar de
		recibir, dejen de, dejenme en paz, no molesten, no molesten mas, no me molesten, no me molesten mas, no
		mas publicidad, no mas promociones, no quiero publicidad, no quiero promociones, no quiero propaganda,
		darme de baja, dar de baja, denme de baja, deme de baja, dame de baja, dar de baja mi numero,
		desuscrib*, cancelar suscripcion, cancelar la suscripcion, unsubscribe, opt out, remove me, stop
		messaging*, stop texting, parem de, pare de, nao quero receber, nao me mandem, me descadastre*,
		descadastrar, sair da lista, remover meu numero, delete my data, revocar ... autorizacion, revoco, los
		voy a bloquear, los voy a reportar, no autorizo, no me llamen, no me llamen mas, no me vuelvan a llamar,
		bloquear este numero, elimin* ... lista, elimin* ... listas, elimin* ... base, elimin* ... datos,
		elimin* ... numero, elimin* ... grupo, elimin* ... contacto, elimin* ... difusion, elimin* ... registro,
		borr* ... lista, borr* ... listas, borr* ... base, borr* ... datos, borr* ... numero, borr* ... grupo,
		borr* ... contacto, borr* ... difusion, borr* ... registro, retir* ... lista, retir* ... listas, retir*
		... base, retir* ... datos, retir* ... numero, retir* ... grupo, retir* ... contacto, retir* ...
		difusion, retir* ... registro, suprim* ... lista, suprim* ... listas, suprim* ... base, suprim* ...
		datos, suprim* ... numero, suprim* ... grupo, suprim* ... contacto, suprim* ... difusion, suprim* ...
		registro, exclu* ... lista, exclu* ... listas, exclu* ... base, exclu* ... datos, exclu* ... numero,
		exclu* ... grupo, exclu* ... contacto, exclu* ... difusion, exclu* ... registro, quit* ... lista, quit*
		... listas, quit* ... base, quit* ... grupo, quit* ... difusion, quit* ... contactos, saqu* ... lista,
		saqu* ... listas, saqu* ... base, saqu* ... grupo, saqu* ... difusion, saqu* ... contactos, saca* ...
		lista, saca* ... listas, saca* ... base, saca* ... grupo, saca* ... difusion, saca* ... contactos,
		remuev* ... lista, remuev* ... listas, remuev* ... base, remuev* ... grupo, remuev* ... difusion,
		remuev* ... contactos, no recibir mas, no recibir, no recibir publicidad, quiero dejar de recibir, no
		quiero mas, no quiero saber mas, no envien mas, no manden mas, no mandar mas, ya no me escriban, paren
		de, basta de mensajes, no quiero seguir recibiendo, no me ... escriban, no me ... escriba, no me ...
		escribas, no me ... escribir, no me ... escribiendo, no me ... contacten, no me ... contacte, no me ...
		llamen mas, no me ... molesten, no me ... moleste, no me ... envien mas, no me ... manden mas, no me ...
		sigan enviando, no me ... sigan mandando, no me ... sigan llamando, no nos ... escriban, no nos ...
		escriba, no nos ... escribas, no nos ... escribir, no nos ... escribiendo, no nos ... contacten, no nos
		... contacte, no nos ... llamen mas, no nos ... molesten, no nos ... moleste, no nos ... envien mas, no
		nos ... manden mas, no nos ... sigan enviando, no nos ... sigan mandando, no nos ... sigan llamando,
		dej* ... escribir*, dej* ... escribirme, dej* ... enviar*, dej* ... mandar*, dej* ... molestar, dej* ...
		llamar, deseo ... baja, no quiero ... mensajes, no quiero ... promociones, no quiero ... publicidad, no
		mas ... mensajes, no deseo ... mensajes, no deseo ... publicidad, no quiero ... llamadas, no deseo ser,
		no quiero ser contactad*, ser contactad*, cancel* ... notificaciones, cancel* ... mensajes, cancel* ...
		suscripcion, desactiv* ... notificaciones, desactiv* ... mensajes, salir de ... lista, salir de ...
		grupo, salirme de, sacarme de, quiero salir de, no quiero estar en, quiero ser eliminad*, desvincul*, no
		contactar, remover ... lista, take me off, stop sending, no more messages, don't message, do not
		message, nao quero mais, me tirem, me remov*, no me interesan sus, no quiero nada de ustedes, no me
		manden nada, revoc*, borrenme, eliminenme, no quiero sus mensajes, no quiero sus promociones, parar los
		mensajes, dejen ya de, no vuelvan a, no vuelva a, no vuelvas a, supresion, derecho al olvido, stop
		promo*, no mas promo*, no mas whatsapp*, basta de, no fastidien, dejen de fastidiar, los bloqueo,
		reportar como spam, quit* ... numero, saquen ... numero, sacar ... numero, no me busquen, delete my
		number, remove my number, apaguem meus dados, remover meus dados, don't text, don't contact, do not
		contact, do not text, stop messaging, stop contacting, leave me alone, no longer wish, nao me envie*,
		dejen de joder, dejen tanto mensaje, quiteme de, quitenme de, retiro mi autorizacion, retiro ...
		autorizacion, no autorizo que, usen mis datos, usar mis datos, usan mis datos, compartan mis datos,
		compartir mis datos, tengan mis datos, no usen mis datos
	`),
		...joined(
			['no paran de', 'no para de', 'no dejan de', 'no deja de', 'me siguen', 'nos siguen'],
			words('mandar* enviar* escribir* mandando* enviando*'),
			['...'],
			words('promo* publicidad propaganda spam ofertas anuncios'),
		),
		...joined(['no paran de', 'no para de', 'no dejan de', 'no deja de'], ['escribir*']),
		...joined(
			[
				'no quiero que',
				'ya no quiero que',
				'no deseo que',
				'les pido que no',
				'no autorizo a que',
				'dejen de',
				'deje de',
			],
			['', 'me', 'nos'],
			[
				'sigan escribiendo',
				'siga escribiendo',
				'escriban',
				'escriba',
				'escribir*',
				'sigan mandando mensajes',
				'contacten',
				'molestar*',
			],
		),
	],
	/** Meant for somebody else, as money that is asked of a friend is. */
	wrongRecipient: [
		...phrases(`
		me equivoque de persona, me equivoque de whatsapp, no era para aca, no era aca, no era para alla, numero
		equivocado, se equivoco de numero, me equivoque de numero, me equivoque de chat, no era para ti, no era para
		usted*, chat equivocado, mensaje equivocado, perdon era para, perdon equivocad*, wrong number, equivocacion,
		no era para ustedes, era para otra persona, chat que no era
		`),
		...joined(
			['prestame', 'presteme', 'me prestas', 'me puedes prestar', 'me podes prestar', 'prestarme'],
			['...'],
			words('pesos plata lucas luca mil barras billete'),
		),
	],
	/** What other trades sell. */
	otherGoods: phrases(`
		disfraz, disfraces, ducha, griferia, tuberia*, plomer*, jardiner*, cortinas, sofa, comedor, alfombra*, tejas, botas, blusa*, chaqueta*, bicicleta*, gasolina, azucar,
		sushi, perro caliente, jugos, ramo de, globos, pinata*, pestanas, corte de pelo, tinte, gimnasio, yoga, clases de, tutor, terapia*, psicolog*, oftalmolog*, gafas formuladas,
		examen de sangre, vacuna*, concentrado para, lavaplatos, secadora*, licuadora*, aire del carro, latoneria, trasteo*, mudanzas, hotel para, habitaciones para, fiesta de, recordatorios,
		gaseosa*, champinon*, papa, papas, tomate*, platano*, yuca, cebolla*, cafe, chocolate*, panaderia, drogueria, apartamento, apartamentos, lote, parcela, pasaje,
		huevos, arroz, queso,
		empanada*, arepa*, tamal, tamales, almuerzos, pollo, carne, pescado, torta*, pastel*, helado*, fruta*,
		verdura*, mercado, domicilios de comida, zapato*, tenis, camiseta*, pantalon*, vestido, vestidos, ropa,
		perfume*, maquillaje, cosmetico*, juguete*, medicamento*, medicina*, pastillas, apartamento en arriendo,
		apartamento en venta, arriendo de apartamento, casa en arriendo, casa en venta, apartaestudio*,
		habitacion, lote, finca en venta, carro usado, carros usados, moto usada, motos usadas, llantas, soat,
		tiquetes, vuelo, vuelos, pasajes, flores, colchon*, ladrillo*, cemento, perrito, perrita, perritos,
		gatito, gatita, cachorro*, mascota*, guarderia, masajes, peluqueria, unas acrilicas, cabello, joyas,
		anillo, vestido de, ropa de bebe, panales, licor, aguardiente, whisky, vino, uniformes escolares,
		muebles de cocina, nevera*, lavadora*, estufa*, tienda de mascotas
	`),
	otherTopic: phrases(`
		pizzeria, clinica, odontolog*, consultorio medico, cita medica, la cita del, excusa medica, fiebre, ibuprofeno, la pastilla, el bus, la buseta, el bus para,
		terminal de buses, la misa, el cura, el dolar, el chance, recargas, minutos a celular, minutos y recargas, gana dinero, ganar dinero desde, trabaja desde casa, dolares semanales,
		te vi en facebook, escrituras, se vende lote, la administracion del, no hay agua, no hay luz hasta, baldes, tu ex, concierto, reunion de padres, la vecina, mijo, mija,
		vamos a almorzar, de almuerzo, versiculo, novena, bautizo, matrimonio de, sancocho, frijoles, la notaria, sin desayunar, juega nacional, quien gana, como quedo el partido,
		pico y placa, taller de quimica, taller de matematicas, taller de fisica, taller de biologia, taller de ingles,
		taller de sociales, taller de espanol, taller de historia, taller de estadistica, taller de calculo, entregar en parejas,
		entregar en grupo*, entrega en parejas, acuerdate de, acordate de, no se te olvide, no olvides,
		busco empleo, busco trabajo, buscando empleo, buscando trabajo, necesito empleo, recibo hojas de vida,
		cuantos anos tienes, cuantos anos, como te llamas, donde vives, tienes novio, tienes novia, hoja de
		vida, vacante*, empleo, trabajar con ustedes, practicas, curriculum, cv, oferta laboral, estan
		contratando, chiste, te amo, mami, mama, papi, novia, partido, futbol, clima, feliz cumpleanos, feliz
		navidad, almuerzo, pizza, hamburguesa*, comida, jajaja*, jeje*, cadena, oracion, horoscopo, loteria,
		bitcoin, prestamos, gano un premio, personal, buscan personal, necesitan personal, leche, pan, finca,
		dios, amen, foto de los ninos, abuela, tia, hermano, hermana, cumple, cumpleanos, rumba, trago, cerveza,
		quien es, quien eres, quien habla, de quien es, este numero, te llamo, nos vemos, ya llegue, ya voy,
		llego en, mas tarde te, ahorita te, voy en camino, estoy en camino, sone contigo, color favorito, se
		solicita, se busca, te debo, donde estas, te estoy esperando, te espero, mi amor, mi vida, te quiero, te
		adoro, te extrano, ya comiste, ya almorzaste, juega, gol, seleccion colombia, tarea del colegio, tarea
		de, capital de, receta, cuentame, pelicula, netflix, novela, perrito, perrita, gatito, gatita,
		veterinari*, uber, taxi, rappi, codigo de verificacion, no lo compartas, tu codigo, rifa, boleta de
		rifa, el grupo de, vendo, gana premios, premio, premios, haz clic, haga clic, click aqui, ganaste,
		felicidades has sido, elecciones, el profe, la profe, mi profe, compra pan, que horas son, que hora es,
		como esta el clima, grupo de whatsapp
	`),
	help: phrases(`
		ayuda, ayudar, ayudan, ayudas, ayudarme, ayudeme, ayudenme, ayudame, me ayuda, me ayudan, me ayudas, help,
		auxilio, sos, ajuda, colaboracion, colabora*, me colabora*, apoyo, help me, ayuda por favor, ayudan con,
		colaborar, colaborame, me colaboran
	`),
	want: phrases(`
		requerimos, necesito, nesesito, necesitamos, nesecito, necesitaria, quiero, quisiera, quisieramos,
		queremos, deseo, requiero, requiere, ocupo, ocupamos, me gustaria, preciso, solicito, solicitar,
		solicitud, quero, gostaria, i need, i want, we need, i would like, me hace falta, nos hace falta, hace
		falta un, hace falta una, hacen falta, me hacen falta
	`),
	/** A question for something that is on its way; also counts as `where`. */
	notArrived: [
		...phrases(`
		alcanza a llegar, alcanzan a llegar, alcanza a llegarme,
		no lo veo por ningun lado, no veo ... por ningun lado, no veo ... por ninguna parte,
		sin recibir, no me han mandado, no me lo mandan, me van a entregar, me van a enviar, van a entregar,
		donde esta, donde va, donde viene, donde quedo, donde anda, cuando llega*, cuando me llega*, cuando me
		lo, cuando me la, cuando los, cuando lo entregan, cuando la entregan, cuando me entregan, cuando lo
		envian, cuando me envian, cuando me traen, cuando lo traen, a que hora llega*, a que horas llega*, que
		dia llega*, que dia me llega, que dia entregan, ya enviaron, ya lo enviaron, no ha llegado, no me ha
		llegado, no me han llegado, no han llegado, no me llega*, no llega*, no llego, no me llego, no me han
		entregado, no han entregado, no me lo han, no me la han, no me han enviado, no lo han, no aparece, aun
		no llega, todavia no llega, aun no ... llega*, todavia no ... llega*, aun nada, sigo esperando, estoy
		esperando, llevo esperando, llevo ... esperando, llevo ... dias, nao chegou, nada que llega*, nada que
		me llega*, nada q llega*, y nada, no me ha llegado nada, aun no lo recibo, no lo he recibido, no la he
		recibido, no he recibido, no hemos recibido, no he recibo, no ha venido, no han venido, no vino, no
		vinieron, esperando el, esperando la, esperando los, esperando las, esperando mi, where is, hasn't
		arrived, has not arrived, not arrived, nao recebi, cuando lo mandan, cuando me lo mandan, cuando me
		llegaria, cuando estarian llegando, cuando mandan, cuando lo recibo, ya lo mandaron, ya mandaron, cuando
		recibo, no recibo, cuando voy a recibir, cuando vamos a recibir, no se nada de, no se nada, no sabemos
		nada, no lo han traido, no han traido, no me trajeron, no trajeron, nunca llego, nunca me llego, nunca
		llegaron, jamas llego, sigo sin recibir, seguimos sin recibir, me quede esperando, nos tienen esperando,
		me tienen esperando, no he tenido noticias, no tengo noticias, nada que aparece, nada que entregan, nada
		que lo traen, hasn't shipped, been shipped, not received, haven't received, didn't arrive, nao veio,
		nadie ha venido, nadie vino, nadie viene, nadie ha llegado, nadie llego, nadie ha llamado, no ha
		avanzado, pedido no avanza, sin movimiento*, sin actualizar, no se mueve, no cambia de estado, no
		registra movimiento*, guia no registra, guia no existe, guia no aparece, guia no sirve, sigue en el
		mismo estado, sigue igual el pedido
		`),
		...joined(
			['no', 'aun no', 'todavia no', 'nunca'],
			['', 'me', 'nos', 'lo', 'la', 'los', 'me lo', 'me la', 'me los'],
			['ha', 'han'],
			words('llegado entregado enviado mandado traido despachado'),
		),
		...joined(
			['nada que', 'y nada que', 'y no', 'nunca'],
			['', 'me', 'nos', 'lo', 'la', 'los', 'me lo', 'me la', 'me los'],
			words('llega llegan llego llegaron entrega* envia* manda* trae* trajeron'),
		),
	],
	/** What people have trouble with and nobody buys. */
	itThing: phrases(`
		programa de facturacion, sistema de facturacion, software de facturacion, programa de inventario*,
		programa de contabilidad, programa contable, software contable, sistema contable, sistema pos, red, la red,
		internet, wifi, sistema, programa, usuario, correo, outlook, word, excel, pagina, pagina web, app,
		aplicacion, archivo, archivos, pantalla, cuenta de usuario, plataforma, escritorio, carpeta, sesion, audio,
		sonido, video, imagen, touch, touchpad, ventilador, tecla, teclas, lampara, boton, microfono, carcasa,
		bisagra, senal, sistema operativo, correo corporativo, contabilidad electronica, red wifi, vpn, dominio
		caido, impresora fiscal
	`),
	negative: phrases(`
		no, dejo de, dejaron de, nunca, not, nao, tampoco
	`),
	/** Phrases whose words mean nothing here. */
	ignored: phrases(`
		de los que venden, de las que venden, de los que ustedes venden, de las que ustedes venden, mi mama tiene, mi papa tiene, mi hijo tiene,
		mi hija tiene, mi esposo tiene, mi esposa tiene, mi hermano tiene, mi hermana tiene, mi abuela tiene, mi abuelo tiene,
		se me borro el contacto, se me borro el numero, se me borro el chat, se me borro su numero, se me perdio el contacto,
		se me perdio el numero, perdi el contacto, perdi el numero, perdi su numero, borre el contacto, borre el numero, borre su numero,
		cuando cambie de celular, cuando cambie de telefono, cambie de celular, cambie de telefono, para todo el equipo, a todo el equipo, todo su equipo, equipo de trabajo, todo el equipo de,
		cuando pueda, cuando puedan, cuando puedas, cuando quiera, cuando quieran, cuando guste, cuando tenga tiempo, cuando tengan tiempo,
		que no sea*, que no pase*, que no cueste*, que no valga*, que no supere*, que no exceda*,
		hay que, del contrato, por correo, al correo, a mi correo, el contrato pasado, de que, a la orden, por
		la pagina, en la pagina, de la pagina, buena hora, a buena hora, por whatsapp, por este medio, ayuda
		memoria, equipos cotizados, productos cotizados, lo cotizado, que cotizaron, que nos cotizaron, que me
		cotizaron, items cotizados, tienen pensado, tiene pensado, debo hacer, que debo, debo llevar, debo
		enviar, debo mandar
	`),
} as const satisfies Record<string, readonly string[]>;

export type Concept = keyof typeof CONCEPTS;

/** Short forms as people type them, one word for one or several. */
export const ABBREVIATIONS: ReadonlyMap<string, string> = new Map(
	phrases(`
		q=que, k=que, ke=que, qe=que, x=por, xq=porque, pq=porque, xk=porque, porq=porque, porke=porque, d=de, dl=del,
		tb=tambien, tmb=tambien, tbn=tambien, pa=para, xa=para, pls=por favor, plis=por favor, porfa=por favor,
		porfis=por favor, xfa=por favor, xfavor=por favor, pf=por favor, pfv=por favor, msj=mensaje, msjs=mensajes,
		tel=telefono, cel=celular, dnd=donde, dond=donde, ond=donde, cdo=cuando, cndo=cuando, cuand=cuando, cto=cuanto,
		cnto=cuanto, qto=cuanto, bn=bien, grx=gracias, grcs=gracias, gcias=gracias, grax=gracias, nec=necesito,
		nesesito=necesito, nesecito=necesito, necsito=necesito, necesit=necesito, kiero=quiero, qiero=quiero,
		qero=quiero, kisiera=quisiera, pdo=pedido, ped=pedido, fac=factura, fra=factura, fact=factura, cot=cotizacion,
		info=informacion, ud=usted, uds=ustedes, vd=usted, m=me, sta=esta, toy=estoy, stoy=estoy, ta=esta,
		aki=aqui, aka=aca, asi=asi, hla=hola, hl=hola, bnas=buenas, bns=buenos, bnos=buenos, wenas=buenas, tds=tardes,
		dsd=desde, imprsora=impresora, compu=computador, compus=computadores, u=usted, vcs=voces, vc=voce, tbm=tambem,
		obg=obrigado, qnto=quanto, kuanto=cuanto, kuando=cuando, kual=cual, atte=atentamente, cta=cuenta, cc=cedula,
		comprovante=comprobante, conprobante=comprobante, aser=hacer, asen=hacen
	`).map((pair) => pair.split('=') as [string, string]),
);

/** Words that are common and no keyword: typo correction leaves them alone. */
export const COMMON_WORDS: readonly string[] = words(`
		a al algo alguna algun alguno ahi ahora ahorita alla alli ante antes aqui asi aun aunque bajo bastante bien buen
		buena bueno cada casa casi cerca cierto ciudad cliente clientes como con conmigo contigo contra cosa cosas cual
		cuales cualquier cuenta cuentas da dado dan dar dale de debe deben decir dejar dejo del dentro desde despues dia
		dias dice dicen dije dijo dijeron digame dime donde dos durante el ella ellas ellos empresa empresas en entonces
		entre era eran eres es esa esas ese eso esos esta estaba estado estamos estan estar este esto estos estoy etc
		favor fin fue fuera fueron general gente gran grande ha haber habia hace hacen hacer hacia haga hago han hasta
		hay he hecho hoy igual ir jueves juntos la lado largo las le les lo los luego lugar lunes luz mal manana manera
		martes mas me mejor menos mes meses mi mia mias miercoles mio mios mis mismo momento mucha muchas mucho muchos
		muy nada nadie ni ningun ninguna no noche nombre nos nosotros nuestra nuestro nueva nuevo nunca o oficina otra
		otras otro otros para parte pasado pasada peor perdon pero pesos poco podria podrian poder por porque porfavor
		primera primero pronto pude puede pueden puedes puedo pues punto que quedo quien quienes quiere quieren quiza
		rato sabado saben sabe se sea segun segunda semana semanas senor senora ser sera si siempre siendo siguiente sin
		sino sobre solo son soy su sus tal tambien tampoco tan tanto tarde tardes te tema tener tengo tenia ti tiempo
		tiene toda todas todavia todo todos tomar trabajo tres tu tus un una unas uno unos usted ustedes va vamos van
		varias varios veces ver vez viene viernes voy y ya yo cedula numero telefono correo hora horas mensaje mensajes
		pasa paso pasar pasan hablo habla hablar dejen lista listas nuevas nuevos color negro blanco marca marcas mesa
		mano pedro perez parar lleva llevo salen salir sale sigue seguro segura carro casas cargo pesado peso pasos
		cuento cuentan contar conto conta hizo hicieron hiciste vieron vimos viste visto mire mira miren oiga oye oigan
		llevaba llevaban llevabamos dejaba dejaban seria serian habian vaya vayan venga vengan vino vinieron viniendo sabia supe puse puso pusieron poner ponen
		ponga tuve tuvo tuvieron quise quiso pudo pudieron diga digan diciendo dando dieron dimos darles darle darnos
		tenian tuviera ojala quizas acaso realmente solamente simplemente normalmente actualmente urgente urgentemente
		rapido rapida lentes misma mismos mismas ambos ambas demas apenas acabo acaba acaban acabamos siento siguen
		sigamos seguimos padre madre hijo hija hermana esposa esposo amigo amiga amigos vecino jefe equipo familia perro
		gato moto apartamento calle carrera avenida barrio conjunto edificio piso torre apto bodega local oficinas enero
		febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre domingo quincena ayer anoche
		temprano rojo verde azul amarillo amarilla blanca negra gris grandes pequeno pequena chico corta corto alto alta
		baja ancho usado usada usados viejo vieja buenas bonito bonita estaban estuvo estuve estando vendra vendran
		vienen trajo trajeron traigo llevar llevan llevaron lleve dejaron deje queda quedar quedaron quede quiero querer
		queria querian mando mandan manda mandaron mande manden mandar enviar enviaron envie envien envio envian pasaron
		pase pasen sacar saco saque tome tomo tomaron subir suba bajar salio salieron numeros nombres apellido direccion
		celular pais barrios foto fotos imagen video audio nota notas archivo pagina paginas link grupo grupos personas
		negocio negocios tienda tiendas colegio universidad hospital alcaldia gobernacion fundacion hotel restaurante
		millon millones dolares docena docenas unidad unidades caja cajas metros metro kilos litros pulgadas minutos
		segundos anos parece parecen creo crees cree pienso espero espera esperan esperando esperar entiendo entiende
		entender importa gusta gustan gusto gustaria encanta prefiero prefiere toca tocan claro verdad mentira serio
		facil dificil mayor menor ultimo ultima ultimos proximo proxima anterior adjunto adjunta adjuntos anexo anexos
		porfa venta ventas vende compras linea lineas tipo tipos clase clases modelo referencia serie codigo partido
		perdido sentido servido pedida medida comida bebida salida subida vestido carta cinco canto pacto santo sanos
		manos centro punta junto junta asunto cuarto cuartos preparacion publicacion encendido publicaciones consigo consegui conseguido consiguio consiguieron conseguimos contento contentos cordialmente atentamente encuentra encuentran encuentren directo directa conocen conozco ingreso ingresos nacional centro
`);

/** Verbs and fillers in front of what is wanted; they are no part of the product's name. */
export const FILLERS: ReadonlySet<string> = new Set(
	words(`
		hola buenas buenos buen buena dias dia tardes tarde noches noche cordial saludo saludos por favor porfavor
		gracias muchas necesito necesitamos necesitaria quiero quisiera quisieramos queremos deseo deseamos requiero
		requerimos ocupo ocupamos busco buscamos buscando estoy estamos ando me nos gustaria interesa interesan
		interesado interesada interesados en cotizar cotizarme cotizame cotiza cotizacion cotizaciones cotisar
		cotisacion presupuesto proforma precio precios valor costo costos informacion info saber comprar adquirir
		solicitar solicito pedir llevar una un unas unos el la los las lo de del sobre para con que cual cuanto cuanta
		vale valen cuesta cuestan sale salen es son seria cobran tienen tiene tendran venden manejan hay disponible
		disponibles disponibilidad dar darme dan das da pueden puede puedes podria podrian ayudar ayudarme ayuda ayudan
		enviar enviarme envian mandar mandarme hacer hacerme realizar formal formales general solo conocer mas detalle
		detalles le les te se al a y e o si no ya tambien pues porque ustedes usted urgente urgentemente hoy manana
		producto productos cosa cosas cosita cositas cosillas articulo articulos item items favorcito varios varias algo algunos algunas averiguar preguntar pregunta consultar consulta regala regalan regalame regaleme como cuando
		mi mis su sus este esta estos estas ese esa i need want an the some price quote quotation of for would like to
		buy how much quero preciso cotacao orcamento gostaria um uma
	`),
);

/** Cities where a customer may be. */
export const CITIES: ReadonlyMap<string, string> = new Map(
	phrases(`
		bogota=Bogotá, medellin=Medellín, cali=Cali, barranquilla=Barranquilla, cartagena=Cartagena,
		bucaramanga=Bucaramanga, pereira=Pereira, manizales=Manizales, ibague=Ibagué, cucuta=Cúcuta, santa marta=Santa
		Marta, villavicencio=Villavicencio, pasto=Pasto, monteria=Montería, neiva=Neiva, popayan=Popayán,
		armenia=Armenia, valledupar=Valledupar, sincelejo=Sincelejo, tunja=Tunja, soacha=Soacha, envigado=Envigado,
		bello=Bello, itagui=Itagüí, rionegro=Rionegro, palmira=Palmira, yopal=Yopal, riohacha=Riohacha, quibdo=Quibdó,
		florencia=Florencia, chia=Chía, zipaquira=Zipaquirá, lima=Lima, quito=Quito, guayaquil=Guayaquil, ciudad de
		mexico=Ciudad de México, cdmx=Ciudad de México, monterrey=Monterrey, guadalajara=Guadalajara, santiago=Santiago,
		buenos aires=Buenos Aires, caracas=Caracas, panama=Panamá, la paz=La Paz, montevideo=Montevideo, sao paulo=São
		Paulo, rio de janeiro=Rio de Janeiro, duitama=Duitama, sogamoso=Sogamoso, girardot=Girardot, san andres=San Andrés, floridablanca=Floridablanca, giron=Girón, piedecuesta=Piedecuesta, barrancabermeja=Barrancabermeja, tulua=Tuluá, buga=Buga, cartago=Cartago, jamundi=Jamundí, yumbo=Yumbo, buenaventura=Buenaventura, apartado=Apartadó, turbo=Turbo, sabaneta=Sabaneta, caucasia=Caucasia, dosquebradas=Dosquebradas, santa rosa de cabal=Santa Rosa de Cabal, facatativa=Facatativá, fusagasuga=Fusagasugá, mosquera=Mosquera, funza=Funza, cajica=Cajicá, cota=Cota, tocancipa=Tocancipá, acacias=Acacías, soledad atlantico=Soledad, malambo=Malambo, magangue=Magangué, lorica=Lorica, cerete=Cereté, maicao=Maicao, ocana=Ocaña, pamplona=Pamplona, aguachica=Aguachica, arauca=Arauca, leticia=Leticia, mocoa=Mocoa, mitu=Mitú, inirida=Inírida, puerto carreno=Puerto Carreño, san jose del guaviare=San José del Guaviare, ipiales=Ipiales, tumaco=Tumaco, pitalito=Pitalito, garzon huila=Garzón, espinal=Espinal, la dorada=La Dorada, chiquinquira=Chiquinquirá, madrid cundinamarca=Madrid, puebla=Puebla, tijuana=Tijuana, queretaro=Querétaro, arequipa=Arequipa, trujillo peru=Trujillo, cusco=Cusco, valparaiso=Valparaíso, concepcion=Concepción, rosario argentina=Rosario, cordoba argentina=Córdoba, mendoza argentina=Mendoza, asuncion=Asunción, santo domingo=Santo Domingo, san jose de costa rica=San José, ciudad de guatemala=Ciudad de Guatemala, tegucigalpa=Tegucigalpa, san salvador=San Salvador, managua=Managua, cuenca=Cuenca, maracaibo=Maracaibo, santa cruz de la sierra=Santa Cruz de la Sierra, cochabamba=Cochabamba
	`).map((pair) => pair.split('=') as [string, string]),
);

/** Numbers in words, as far as people order in words. */
export const NUMBER_WORDS: ReadonlyMap<string, number> = new Map(
	phrases(`
		un=1, una=1, uno=1, dos=2, tres=3, cuatro=4, cinco=5, seis=6, siete=7, ocho=8, nueve=9, diez=10, once=11,
		doce=12, trece=13, catorce=14, quince=15, dieciseis=16, diecisiete=17, dieciocho=18, diecinueve=19, veinte=20,
		veinticinco=25, treinta=30, cuarenta=40, cincuenta=50, sesenta=60, setenta=70, ochenta=80, noventa=90, cien=100,
		doscientos=200, doscientas=200, trescientos=300, trescientas=300, quinientos=500, quinientas=500, mil=1000,
		one=1, two=2, three=3, four=4, five=5, six=6, seven=7, eight=8, nine=9, ten=10, twenty=20, um=1, uma=1, dois=2,
		duas=2, quatro=4, sete=7, oito=8, dez=10, vinte=20
	`).map((pair) => {
		const [word = '', value = ''] = pair.split('=');
		return [word, Number(value)];
	}),
);
